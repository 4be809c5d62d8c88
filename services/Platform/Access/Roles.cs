namespace Recruitment.Platform;

/// <summary>What a person may do, as the token's <c>role</c> claims say it.</summary>
public static class Roles
{
    public const string BrandAnalyst = "brand_analyst";
    public const string SupplierUser = "supplier_user";
    public const string RecruiterUser = "recruiter_user";
    public const string Auditor = "auditor";
    public const string DecisionMaker = "decision_maker";
    public const string CaseHandler = "case_handler";
    public const string ProtectionOfficer = "protection_officer";
    public const string SchemeManager = "scheme_manager";
    public const string Administrator = "administrator";

    /// <summary>Says who belongs to his own organisation, whatever its kind; what it works on he sees by his other roles alone.</summary>
    public const string Owner = "owner";

    /// <summary>One service asking another; never a person.</summary>
    public const string Service = "service";

    public static IReadOnlyList<string> OfPeople { get; } =
        [BrandAnalyst, SupplierUser, RecruiterUser, Auditor, DecisionMaker, CaseHandler, ProtectionOfficer, SchemeManager, Administrator, Owner];
}

/// <summary>Kinds of organisation, as the token's <c>party_kind</c> claim says it.</summary>
public static class PartyKinds
{
    public const string Brand = "brand";
    public const string Supplier = "supplier";
    public const string Recruiter = "recruiter";
    public const string AuditBody = "audit_body";
    public const string Operator = "operator";

    public static IReadOnlyList<string> All { get; } = [Brand, Supplier, Recruiter, AuditBody, Operator];
}
