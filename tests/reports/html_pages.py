"""The approved HTML pages as the program writes them: the style sheet and the script are in reports/html, and an approved
page has a placeholder for each (golden_page.hpp)."""

NAMES = ("survey.html", "unfinished.html", "trend.html", "judged.html")


def whole_page(source, name):
    """The text of an approved page with its style sheet and its script."""
    text = (source / "tests/golden" / name).read_text(encoding="utf-8")
    for element, file in (("style", "style.css"), ("script", "script.js")):
        placeholder = f"<{element}>@{file}@</{element}>"
        if text.count(placeholder) != 1:
            raise ValueError(f"{name} has not one {placeholder}")
        content = (source / "reports/html" / file).read_text(encoding="utf-8")
        text = text.replace(placeholder, f"<{element}>{content}</{element}>")
    return text


def write_whole_page(source, build, name):
    """Writes it into a folder of the build; returns its path."""
    path = build / "html_pages" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(whole_page(source, name), encoding="utf-8")
    return path
