using Microsoft.Playwright;
using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests.Browser;

/// <summary>Steps 1, 2 and 6: the brand, and the supplier that it invites.</summary>
internal static class Chain
{
    public const string Supplier = "Tawan Dok Mai Garment Yard";
    public const string SupplierEmail = "pim@tawan-dok-mai.example";
    public const string Recruiter = "Morning Kite Recruitment";

    public static async Task BrandUploadsItsList(IPage brand)
    {
        await brand.Visit("/brands/imports");
        await brand.SetInputFilesAsync("#list", Path.Combine(Repository.Root, "docs", "demonstration", "supplier-list.csv"));
        await brand.Press("Upload");
        await brand.Reaches("/brands/imports/[^/]*-");
        await brand.LoadsUntil(new Uri(brand.Url).AbsolutePath, "rows accepted, 4 refused");
        await brand.Reads("Country: The country is not known. Write its English name or its ISO code");
        await brand.Follow("Accepted (7)");
        await brand.Reads(Supplier);
    }

    /// <returns>The link for the supplier.</returns>
    public static async Task<string> BrandInvites(IPage brand)
    {
        await brand.Visit("/brands/suppliers");
        await brand.Follow(Supplier);
        await brand.Press("Invite this supplier");
        return await brand.InnerTextAsync("#link");
    }

    public static async Task SupplierJoins(IPage supplier, string link)
    {
        await supplier.GotoAsync(link);
        await supplier.Reads($"invites {Supplier} to answer here");
        await supplier.Join(link, SupplierEmail);
        await supplier.Reads("Next: Say who you are");
    }

    public static async Task SupplierAnswers(IPage supplier)
    {
        await supplier.Visit("/suppliers/profile");
        await supplier.FillAsync("#number", "0105-2559-1");
        await supplier.FillAsync("#contact", "Human resources");
        await supplier.Choose("Yes");
        await supplier.Press("Save");

        await supplier.Visit("/suppliers/sites");
        await supplier.Follow(Supplier);
        await supplier.Press("Save");

        await supplier.Visit("/suppliers/sites");
        await supplier.Follow($"workers at {Supplier}");
        await supplier.FillAsync("#n0", "Myanmar");
        await supplier.FillAsync("#female0", "120");
        await supplier.FillAsync("#male0", "80");
        await supplier.Press("Save");

        await supplier.Visit("/suppliers/sites");
        await supplier.Follow($"practice at {Supplier}");
        while (supplier.Url.Contains("/practice", StringComparison.Ordinal))
        {
            // It declares a recruiter in a moment, so it does not say that it uses none.
            foreach (var question in await supplier.Locator("main fieldset").AllAsync())
                await question.Locator("label", new() { HasNotText = "no recruiter" }).First.Locator("input[type=radio]").CheckAsync();
            await supplier.Press("Save and go on");
        }
    }

    /// <returns>The link for the recruiter.</returns>
    public static async Task<string> SupplierDeclaresItsRecruiter(IPage supplier)
    {
        await supplier.Visit("/suppliers/recruiters");
        await supplier.FillAsync("#name", Recruiter);
        await supplier.FillAsync("#based", "Myanmar");
        await supplier.FillAsync("#origin", "Myanmar");
        await supplier.FillAsync("#from", "2026-01-05");
        await supplier.Press("Declare");
        await supplier.Press($"Invite {Recruiter}");
        var link = await supplier.InnerTextAsync("#link");
        await supplier.Visit("/suppliers");
        await supplier.Reads("100 percent done");
        await supplier.Reads("sees nothing of yours yet");
        await supplier.Press("Share with Marisol & Pine");
        await supplier.Reads("sees your sites");
        return link;
    }

    /// <summary>The supplier reads the figure of its own site, factors included, and no word of worker voice.</summary>
    public static async Task SupplierReadsItsEstimate(IPage supplier)
    {
        await supplier.LoadsUntil("/suppliers/estimates", Supplier);
        await supplier.Follow(Supplier);
        await supplier.Reads("What each figure is made of");
        await supplier.Reads("an estimate of risk to people, not a finding about conduct");
        Assert.DoesNotContain("voice", await supplier.Words(), StringComparison.OrdinalIgnoreCase);
    }

    /// <returns>All that the brand reads about the site.</returns>
    public static async Task<string> BrandReadsTheEstimate(IPage brand, string because)
    {
        await brand.LoadsUntil("/brands", Supplier);
        await brand.Follow(Supplier);
        await brand.LoadsUntil(new Uri(brand.Url).AbsolutePath, because);
        await brand.Reads("Between ");
        await brand.Reads("What each figure is made of");
        return await brand.Words();
    }
}
