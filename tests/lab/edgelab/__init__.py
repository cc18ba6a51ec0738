"""A lab of simulated Lync and Skype for Business Edges on the real kernel stack (see ../README.md)."""
