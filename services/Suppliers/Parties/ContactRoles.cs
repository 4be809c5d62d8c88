using Recruitment.Platform;

namespace Recruitment.Suppliers.Parties;

/// <summary>Whether a contact is a role, as it has to be: this service holds nothing about a single person.</summary>
internal static class ContactRoles
{
    private static readonly string[] OfPersons = ["name", "phone", "email", "identity_number"];

    /// <summary>Words of which roles are made. Two with capitals look like a name ("Human Resources"); a name has one word at least that is none of them.</summary>
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "Account", "Accounting", "Accounts", "Admin", "Administration", "Administrative", "Administrator", "Advisor", "Affairs", "Assistant", "Assurance", "Audit", "Auditor",
        "Board", "Business", "Buying", "Chain", "Chair", "Chief", "Commercial", "Communications", "Community", "Company", "Complaints", "Compliance", "Consultant", "Contact", "Control",
        "Coordinator", "Corporate", "Customer", "Department", "Deputy", "Desk", "Development", "Director", "Due", "Diligence", "Employee", "Environment", "Environmental", "Ethical",
        "Ethics", "Executive", "Export", "Factory", "Finance", "Financial", "General", "Global", "Governance", "Grievance", "Grievances", "Group", "Head", "Health", "Human", "Import",
        "Industrial", "Labor", "Labour", "Lead", "Leader", "Legal", "Line", "Logistics", "Management", "Manager", "Managing", "Manufacturing", "Marketing", "Member", "Merchandising",
        "Mill", "Office", "Officer", "Operations", "Owner", "Payroll", "People", "Person", "Personnel", "Plant", "President", "Principal", "Procurement", "Production", "Project",
        "Public", "Purchasing", "Quality", "Recruiting", "Recruitment", "Regional", "Relations", "Representative", "Resource", "Resources", "Responsibility", "Responsible", "Rights",
        "Safety", "Sales", "Secretary", "Security", "Senior", "Service", "Services", "Site", "Social", "Sourcing", "Specialist", "Staff", "Supervisor", "Supply", "Support",
        "Sustainability", "Sustainable", "Team", "Technical", "Trade", "Training", "Unit", "Vice", "Warehouse", "Welfare", "Worker", "Workers", "Workforce", "Works",
    };

    public static bool PointsToPerson(string? contact, string organisation) => contact is { Length: > 0 }
        && TextScan.In("contactRole", contact, [organisation], smallGroupBelow: 0).Any(h => OfPersons.Contains(h.Kind) && !(h.Kind == "name" && IsRole(h.Text)));

    private static bool IsRole(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).All(Words.Contains);
}
