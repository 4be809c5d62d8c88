using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Recruitment.Grievances.Cases;
using Recruitment.Grievances.Signals;

namespace Recruitment.Grievances.Intake;

/// <summary>POST /api/v1/grievances: a worker files a case under a receipt she already holds. The same request twice is one case; anything else under the same receipt is refused. Anybody.</summary>
internal static class FileGrievance
{
    private const string FormIdMissing = "Send a formId: a random id that you make for this report, and the same one when you send it again.";

    public sealed record Request
    {
        [Required] public string Receipt { get; init; } = "";
        [Required, RegularExpression("en|th|my|km|lo|vi")] public string Language { get; init; } = "";
        public bool? SafeNow { get; init; }
        public bool? Under18 { get; init; }
        public AboutWhom? About { get; init; }

        /// <summary>Whom she would rather have read and answer: woman, man, or either. Absent: she was not asked or did not say.</summary>
        [RegularExpression(Wish.Words)] public string? HandlerWish { get; init; }

        /// <summary>The same for whoever interprets.</summary>
        [RegularExpression(Wish.Words)] public string? InterpreterWish { get; init; }
        public string? Topic { get; init; }
        [StringLength(SizeLimits.GrievanceText)] public string? Text { get; init; }
        public bool ActWithoutName { get; init; }
        public bool ReferToHelp { get; init; }
        public bool UseAnonymisedForStats { get; init; }

        /// <summary>The number that she was told when she agreed, as /intake gave it: her case is counted with no fewer. Absent: the present one.</summary>
        [Range(GrievancesOptions.GroupNeverBelow, 9999)] public int? CountedTogether { get; init; }

        /// <summary>
        /// A random id of the form, made before anything was asked and told to nobody. The same report sent again with it is answered as the first time. Anything else under a receipt
        /// that was used is refused with 409, the same whatever it tells: who has only the code must not find out by trying. A receipt that was locked or deleted was never used, but for this form.
        /// </summary>
        [Required(ErrorMessage = FormIdMissing)] public Guid? FormId { get; init; }

        /// <summary>As /intake gave it before anything was typed. Without it the case is taken, and looked through after the others.</summary>
        [StringLength(200)] public string? Begun { get; init; }
    }

    /// <remarks>Kind: site or recruiter with an id of the directory, or written with a name alone.</remarks>
    public sealed record AboutWhom([property: Required, RegularExpression("site|recruiter|written")] string Kind, Guid? Id, [property: StringLength(300)] string Name);

    /// <remarks>ReturnOn: the day on which her answer is due.</remarks>
    public sealed record Response(DateOnly ReturnOn);

    public static void Map(RouteGroupBuilder group) => group.MapPost("/", Handle).WithName(nameof(FileGrievance)).AllowAnonymous();

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Request request, IntakeState intake, ReceiptKeys receipts, FileOnce filing, IOptions<GrievancesOptions> options, CancellationToken stop)
    {
        if (Receipt.Read(request.Receipt) is not { } digits)
            return Problems.Bad("receipt-mistyped", "The receipt has a wrong digit. Ask for one at /receipts and send all 26 digits.");
        // Without it nobody could tell whether it is the same report or another: taken for the same, another one would be lost.
        if (request.FormId is not { } form || form == Guid.Empty)
            return Problems.Bad("form-id-missing", FormIdMissing);
        if (string.IsNullOrWhiteSpace(request.Text) && request.Topic is null)
            return Problems.Bad("nothing-told", "Send a topic or a text.");
        if (request.Topic is not null && !Topics.Has(request.Topic))
            return Problems.Bad("unknown-topic", $"Topic must be one of: {string.Join(", ", Topics.All)}.");

        var key = receipts.Of(digits);
        var token = request is { UseAnonymisedForStats: true, Under18: not true } ? ContributionToken.New(request.CountedTogether ?? options.Value.SmallestGroup) : null;
        var told = WhatWasTold(request, token);
        // Filed already: the answer was lost, not the case.
        if (await filing.ReturnOf(key, request.Language, told, stop) is { } arrived) return TypedResults.Ok(new Response(arrived));
        if (await intake.WhyClosed(stop) is { } reason) return Closed(reason);

        return await filing.File(key, request.Language, told, request.Begun, stop) is { } due ? TypedResults.Ok(new Response(due)) : Closed(IntakeState.NobodyReads);
    }

    private static ProblemHttpResult Closed(string reason) =>
        Problems.Of(StatusCodes.Status503ServiceUnavailable, reason, "Nobody reads reports now, so none is taken. Ask at /intake before you send.");

    private static Told WhatWasTold(Request request, string? token) => new()
    {
        Text = request.Text?.Trim() ?? "",
        Topic = request.Topic,
        About = request.About is { } about ? new(about.Kind, about.Id, about.Name) : null,
        SafeNow = request.SafeNow,
        Under18 = request.Under18,
        HandlerWish = request.HandlerWish,
        InterpreterWish = request.InterpreterWish,
        Consents =
        [
            .. new[] { (request.ActWithoutName, "act_without_name"), (request.ReferToHelp, "refer_to_help"), (request.UseAnonymisedForStats, "use_anonymised_for_stats") }
                .Where(c => c.Item1).Select(c => c.Item2),
        ],
        ContributionToken = token,
        FormId = request.FormId,
    };
}
