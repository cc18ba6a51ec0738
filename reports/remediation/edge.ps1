#Requires -Version 4.0
#Requires -RunAsAdministrator
<#
.SYNOPSIS
Blocks the Centralised Logging Service (TCP 50001-50003) on external addresses of this Lync or Skype for Business Edge.

.DESCRIPTION
Run it on the Edge, as Administrator. It lists the server's IPv4 and IPv6 addresses, marks those that were found
exposed, asks which to protect, and makes one inbound block rule in Windows Firewall: TCP 50001-50003, for those local
addresses alone, and for ClsAgent.exe alone where that is found. The internal interface keeps the service: it is meant
for it.

@survey@

The rule is called edgesurvey-block-cls. A second run with the same choice changes nothing; another choice replaces the
first. -Remove takes the rule away again. -WhatIf says what would be done and does none of it.

Behind NAT the address found from outside is none of this server's. Then nothing is marked: choose the address that the
public one is translated to, or say so with -Address PUBLIC=LOCAL. Loopback and link-local addresses are not offered.

.PARAMETER Address
Local addresses to protect, without being asked. PUBLIC=LOCAL names an address found exposed and the local address that
it is translated to. An address of an interface without a default gateway is taken for an internal one and refused,
unless it was found exposed, is named as PUBLIC=LOCAL, or -AllowInternal is given.

.PARAMETER Exposed
Protect those local addresses that were found exposed, without being asked. Ends with 2 where there is none.

.PARAMETER Remove
Take the rule away.

.PARAMETER Program
Where ClsAgent.exe is, if neither the service nor the usual folders tell.

.PARAMETER AllowInternal
Let an address of an interface without a default gateway be protected, too.

.PARAMETER LogPath
The file to which every run adds what it did.

.EXAMPLE
.\edge.ps1 -WhatIf
Asks, and says what it would do.

.EXAMPLE
powershell.exe -NoProfile -ExecutionPolicy Bypass -File .\edge.ps1 -Exposed
Unattended, where the Edge has public addresses of its own.

.EXAMPLE
.\edge.ps1 -Address '203.0.113.10=10.0.0.10'
Unattended, behind NAT.

.NOTES
Exit codes
0  done, or nothing had to be done
1  Windows refused something, or the log could not be written; the message says what
2  nothing was chosen or a choice was wrong; nothing was changed
3  the rule is there but does not work yet: Windows Firewall is off, or Group Policy leaves local rules out

@perimeter@

@verify@
#>
[CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'Ask')]
param(
    [Parameter(Mandatory = $true, ParameterSetName = 'Address')]
    [string[]] $Address,

    [Parameter(Mandatory = $true, ParameterSetName = 'Exposed')]
    [switch] $Exposed,

    [Parameter(Mandatory = $true, ParameterSetName = 'Remove')]
    [switch] $Remove,

    [Parameter(ParameterSetName = 'Ask')]
    [Parameter(ParameterSetName = 'Address')]
    [Parameter(ParameterSetName = 'Exposed')]
    [string] $Program,

    [Parameter(ParameterSetName = 'Ask')]
    [Parameter(ParameterSetName = 'Address')]
    [switch] $AllowInternal,

    [string] $LogPath = (Join-Path $env:SystemRoot 'Logs\edgesurvey-remediate.log')
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'  # modules do not see it: where theirs are called, -ErrorAction says it again

$RuleName = 'edgesurvey-block-cls'
$RuleTitle = 'edgesurvey: block the Centralised Logging Service from outside'
$ClsPorts = '50001-50003'

# Found exposed by the survey: the address, and after it the open ports and the name.
$FoundAddresses = @(
@found@
)

$Found = @{}

# ---- What is said and kept

function Write-Log([string] $Text) {
    Write-Host $Text
    $line = '{0}Z {1}\{2} {3}' -f [DateTime]::UtcNow.ToString('s'), $env:USERDOMAIN, $env:USERNAME, $Text
    [System.IO.File]::AppendAllText($LogFile, $line + "`r`n")  # not Add-Content: -WhatIf would silence it
}

function Stop-Unchanged([string] $Why) {
    Write-Log ('Nothing changed: {0}' -f $Why)
    exit 2
}

# ---- Addresses

# The address as .NET spells it, so that two spellings compare equal; $null for anything that is no address.
function ConvertTo-AddressText([string] $Text) {
    $plain = $Text.Trim()
    $parsed = $null
    if ($plain -notmatch '^[0-9A-Fa-f:.]+$') { return $null }
    if (-not [System.Net.IPAddress]::TryParse($plain, [ref] $parsed)) { return $null }
    $spelled = $parsed.ToString()
    if ($plain -notmatch ':' -and $spelled -ne $plain) { return $null }  # "10.1" would be read as 10.0.0.1
    return $spelled
}

function Test-Offered([string] $Text) {
    $parsed = [System.Net.IPAddress]::Parse($Text)
    if ([System.Net.IPAddress]::IsLoopback($parsed)) { return $false }
    if ($parsed.IsIPv6LinkLocal -or $parsed.IsIPv6Multicast) { return $false }
    return $Text -notlike '169.254.*'
}

# This server's addresses, numbered. On an Edge the default gateway is the external interface's.
function Get-LocalAddress([string[]] $Protected) {
    $outward = @(Get-NetRoute -DestinationPrefix '0.0.0.0/0', '::/0' -ErrorAction SilentlyContinue |
        ForEach-Object { $_.InterfaceIndex })
    $number = 0
    $all = @(Get-NetIPAddress -ErrorAction Stop | Sort-Object -Property 'InterfaceIndex', 'AddressFamily', 'IPAddress')
    foreach ($one in $all) {
        $text = ConvertTo-AddressText ($one.IPAddress -replace '%.*$', '')
        if ($null -eq $text -or -not (Test-Offered $text)) { continue }
        $number++
        New-Object -TypeName PSObject -Property @{
            Number = $number
            Text = $text
            Interface = $one.InterfaceAlias
            HasGateway = $outward -contains $one.InterfaceIndex
            Exposed = $Found.ContainsKey($text)
            Protected = $Protected -contains $text
        }
    }
}

function Show-LocalAddress($Local) {
    Write-Host ''
    foreach ($one in $Local) {
        $marks = @()
        if ($one.Exposed) { $marks += 'FOUND EXPOSED' }
        if ($one.Protected) { $marks += 'protected' }
        if (-not $one.HasGateway) { $marks += 'no default gateway: internal?' }
        Write-Host ('{0,4}  {1,-39}  {2}  {3}' -f $one.Number, $one.Text, $one.Interface, ($marks -join ', '))
    }
    Write-Host ''
    if (@($Local | Where-Object { $_.Exposed }).Count -eq 0) {
        Write-Host 'None of these was found exposed. Behind NAT choose what the public address is translated to.'
    }
}

# ---- The choice

# The local address for a word: its number where numbers were shown, the address, or PUBLIC=LOCAL.
function Resolve-Word([string] $Word, $Local, [bool] $Numbered) {
    $public, $wanted = $null, $Word
    if ($Word -match '^([^=]*)=(.*)$') {
        $public = ConvertTo-AddressText $Matches[1]
        $wanted = $Matches[2]
        if ($null -eq $public -or -not $Found.ContainsKey($public)) {
            throw ('{0}: what stands before the = was not found exposed' -f $Word)
        }
    }
    $text = ConvertTo-AddressText $wanted
    $hits = @($Local | Where-Object { $_.Text -eq $text -or ($Numbered -and [string] $_.Number -eq $wanted) })
    if ($hits.Count -eq 0) { throw ('{0}: not an address of this server' -f $Word) }
    $one = $hits[0]
    if (-not ($one.HasGateway -or $one.Exposed -or $null -ne $public -or $AllowInternal)) {
        throw ('{0}: its interface has no default gateway, so it looks internal, and there the service is needed. ' +
            'If it is not, give -AllowInternal.') -f $Word
    }
    return $one.Text
}

function Resolve-Choice([string[]] $Words, $Local, [bool] $Numbered) {
    $texts = @()
    foreach ($word in $Words) { $texts += Resolve-Word $word $Local $Numbered }
    return @($texts | Sort-Object -Unique)
}

function Split-Word([string[]] $Text) {  # powershell.exe -File hands over "a,b" as one
    return @($Text -split '[,;\s]+' | Where-Object { $_ -ne '' })
}

function Read-Choice($Local) {
    $default = @($Local | Where-Object { $_.Exposed -or $_.Protected } | ForEach-Object { $_.Text })
    $offer = 'none'
    if ($default.Count -gt 0) { $offer = $default -join ', ' }
    while ($true) {
        Write-Host 'Numbers or addresses to protect, with commas between them; q leaves everything as it is.'
        $answer = $null
        try { $answer = Read-Host ('Protect (Enter: {0})' -f $offer) } catch { Write-Host $_.Exception.Message }
        if ($null -eq $answer) { Stop-Unchanged 'nobody can be asked here: give -Address or -Exposed.' }
        $words = @(Split-Word $answer)
        if ($words.Count -eq 0 -and $default.Count -gt 0) { return $default }
        if ($words.Count -eq 0 -or $words[0] -eq 'q') { Stop-Unchanged 'no address was chosen.' }
        try {
            return Resolve-Choice $words $Local $true
        } catch {
            Write-Host $_.Exception.Message
        }
    }
}

function Get-Choice($Local) {
    if ($Exposed) {
        $marked = @($Local | Where-Object { $_.Exposed } | ForEach-Object { $_.Text })
        if ($marked.Count -eq 0) {
            Stop-Unchanged 'no address of this server was found exposed. Behind NAT give -Address PUBLIC=LOCAL.'
        }
        return $marked
    }
    if ($Address) {
        $words = @(Split-Word $Address)
        if ($words.Count -eq 0) { Stop-Unchanged '-Address names no address.' }
        try {
            return Resolve-Choice $words $Local $false
        } catch {
            Stop-Unchanged $_.Exception.Message
        }
    }
    return Read-Choice $Local
}

# ---- The agent

# The program of a service's command line, which may be quoted and may have arguments.
function Get-ProgramOfImagePath([string] $ImagePath) {
    $line = [Environment]::ExpandEnvironmentVariables($ImagePath).Trim()
    if ($line -match '^"([^"]+)"') { return $Matches[1] }
    if ($line -match '^(.+?\.exe)(\s|$)') { return $Matches[1] }
    return $line
}

function Find-ClsAgent {
    if ($Program) {
        if (-not (Test-Path -LiteralPath $Program -PathType Leaf)) { Stop-Unchanged ('there is no {0}' -f $Program) }
        return $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Program)
    }
    $candidates = @()
    foreach ($service in @(Get-CimInstance -ClassName Win32_Service -Filter "PathName LIKE '%ClsAgent.exe%'")) {
        $candidates += Get-ProgramOfImagePath $service.PathName
    }
    $products = 'Skype for Business Server 2019', 'Skype for Business Server 2015', 'Microsoft Lync Server 2013'
    foreach ($product in $products) {
        foreach ($root in @($env:ProgramW6432, $env:ProgramFiles)) {
            if ($root) { $candidates += Join-Path $root ($product + '\ClsAgent\ClsAgent.exe') }
        }
    }
    foreach ($candidate in $candidates) {
        if (Test-Path -LiteralPath $candidate -PathType Leaf) { return $candidate }
    }
    return $null
}

# ---- The rule

# $null when there is none. By name alone, none would be an error like any other.
function Get-BlockRule {
    return Get-NetFirewallRule -ErrorAction Stop | Where-Object { $_.Name -eq $RuleName }
}

# The local addresses of the rule that is there, spelled as ours are; none without a rule.
function Get-RuleAddress($Rule) {
    if ($null -eq $Rule) { return @() }
    $filter = $Rule | Get-NetFirewallAddressFilter -ErrorAction Stop
    return @(@($filter.LocalAddress) | ForEach-Object {
        $plain = [string] $_ -replace '(?<=^[0-9.]+)/(255\.255\.255\.255|32)$|/128$', ''
        $text = ConvertTo-AddressText $plain
        if ($null -eq $text) { $plain } else { $text }
    } | Sort-Object -Unique)
}

function Test-RuleIsAs($Rule, $Settings) {
    $ports = $Rule | Get-NetFirewallPortFilter -ErrorAction Stop
    $addresses = $Rule | Get-NetFirewallAddressFilter -ErrorAction Stop
    $application = $Rule | Get-NetFirewallApplicationFilter -ErrorAction Stop
    $holder = [Environment]::ExpandEnvironmentVariables([string] $application.Program)
    return ([string] $Rule.Enabled -eq 'True') -and
        ([string] $Rule.Direction -eq 'Inbound') -and
        ([string] $Rule.Action -eq 'Block') -and
        ([string] $Rule.Profile -eq 'Any') -and
        ([string] $ports.Protocol -eq 'TCP') -and
        ((@($ports.LocalPort) -join ',') -eq $Settings.LocalPort) -and
        ((@($ports.RemotePort) -join ',') -eq 'Any') -and
        ((@($addresses.RemoteAddress) -join ',') -eq 'Any') -and
        (-not $Settings.ContainsKey('Program') -or $holder -eq $Settings.Program) -and
        ((@(Get-RuleAddress $Rule) -join ',') -eq (@($Settings.LocalAddress) -join ','))
}

# What keeps a local rule from working, a line each.
function Get-Obstacle {
    foreach ($firewall in @(Get-NetFirewallProfile -PolicyStore ActiveStore -ErrorAction Stop)) {
        if ([string] $firewall.Enabled -eq 'False') {
            'Windows Firewall is off for the profile {0}: turn it on, or no rule counts there.' -f $firewall.Name
        }
        if ([string] $firewall.AllowLocalFirewallRules -eq 'False') {
            'Group Policy leaves local rules out of the profile {0}: make the rule there.' -f $firewall.Name
        }
    }
}

function Remove-BlockRule {
    if ($null -eq (Get-BlockRule)) {
        Write-Log ('There is no rule {0}: nothing to remove.' -f $RuleName)
    } elseif ($Caller.ShouldProcess($RuleName, 'Remove the block rule')) {
        Remove-NetFirewallRule -Name $RuleName -ErrorAction Stop
        Write-Log ('Removed the rule {0}.' -f $RuleName)
    } else {
        Write-Log ('Would remove the rule {0}.' -f $RuleName)
    }
}

function Set-BlockRule([string[]] $Chosen, $Rule, [string] $Agent) {
    $settings = @{
        Direction = 'Inbound'
        Action = 'Block'
        Enabled = 'True'
        Profile = 'Any'
        Protocol = 'TCP'
        LocalPort = $ClsPorts
        RemotePort = 'Any'
        LocalAddress = $Chosen
        RemoteAddress = 'Any'
    }
    if ($Agent) { $settings.Program = $Agent }  # else a rule that is there keeps the program it has
    $what = 'TCP {0} to {1}' -f $ClsPorts, ($Chosen -join ', ')
    if ($Agent) { $what = '{0} for {1}' -f $what, $Agent }
    if ($null -ne $Rule -and (Test-RuleIsAs $Rule $settings)) {
        Write-Log ('Unchanged: the rule {0} blocks {1} already.' -f $RuleName, $what)
    } elseif (-not $Caller.ShouldProcess($RuleName, ('Block inbound {0}' -f $what))) {
        Write-Log ('Would block inbound {0}.' -f $what)
    } elseif ($null -eq $Rule) {
        New-NetFirewallRule -Name $RuleName -DisplayName $RuleTitle -Group 'edgesurvey' @settings -ErrorAction Stop |
            Out-Null
        Write-Log ('Made the rule {0}: blocks inbound {1}.' -f $RuleName, $what)
    } else {
        $before = @(Get-RuleAddress $Rule) -join ', '
        Set-NetFirewallRule -Name $RuleName @settings -ErrorAction Stop
        Write-Log ('Changed the rule {0}, which was for {1}: blocks inbound {2}.' -f $RuleName, $before, $what)
    }
}

# ---- The run

$Caller = $PSCmdlet
try {
    $LogFile = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($LogPath)
    [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($LogFile)) | Out-Null
    if ($Remove) {
        Remove-BlockRule
        exit 0
    }
    foreach ($each in $FoundAddresses) { $Found[(ConvertTo-AddressText $each)] = $true }
    $rule = Get-BlockRule
    $local = @(Get-LocalAddress (Get-RuleAddress $rule))
    if ($local.Count -eq 0) { Stop-Unchanged 'this server has no address that could be protected.' }
    Show-LocalAddress $local
    $agent = Find-ClsAgent
    if (-not $agent) {
        Write-Log 'ClsAgent.exe was not found: a new rule holds for every program on these ports. -Program names one.'
    }
    $chosen = @(Get-Choice $local | Sort-Object -Unique)
    Set-BlockRule $chosen $rule $agent
    foreach ($one in @($local | Where-Object { $_.Exposed -and $chosen -notcontains $_.Text })) {
        Write-Log ('Not protected, though found exposed: {0}' -f $one.Text)
    }
    $obstacles = @(Get-Obstacle)
    foreach ($obstacle in $obstacles) { Write-Log $obstacle }
    if ($obstacles.Count -gt 0) { exit 3 }
    if (-not $WhatIfPreference) { Write-Log 'Done. Have it surveyed again from outside: Get-Help -Full tells how.' }
    exit 0
} catch {
    $failure = 'Failed: {0}' -f $_.Exception.Message
    try { Write-Log $failure } catch { Write-Host $failure; Write-Host ('No log: {0}' -f $_.Exception.Message) }
    exit 1
}
