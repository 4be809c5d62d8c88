namespace Recruitment.Reports;

/// <summary>Settings of this service, under <c>Reports:</c>.</summary>
internal sealed class ReportsOptions
{
    /// <summary>The browser that prints. Default: Debian's package chromium-headless-shell.</summary>
    public string Chromium { get; set; } = "/usr/bin/chromium-headless-shell";

    /// <summary>Seconds without a print after which the browser is closed. Default 60.</summary>
    public int ChromiumIdleSeconds { get; set; } = 60;

    /// <summary>Where strangers verify a report; printed into every report. Default: this host's first address.</summary>
    public string PublicAddress { get; set; } = "";

    /// <summary>Who runs this service; named in the signing certificate. In operation it must be set before the first report, for the certificate lasts ten years.</summary>
    public string OperatorName { get; set; } = "";

    /// <summary>A number of people below this counts as a small group in the scan before issue. Default 10, as for worker voice.</summary>
    public int SmallGroupBelow { get; set; } = 10;
}
