namespace Recruitment.Platform;

/// <summary>The one table of size limits, in bytes where nothing else is said, used by gateway and services alike.</summary>
public static class SizeLimits
{
    /// <summary>A JSON body.</summary>
    public const long Json = 1L << 20;

    /// <summary>A message on the bus: the longest event has some kilobytes, but for a release of worker voice, which comes in parts.</summary>
    public const int Message = 1 << 20;

    /// <summary>A supplier list: 1,000,000 rows of a wide list fit.</summary>
    public const long SupplierList = 512L << 20;

    /// <summary>The rows of a supplier list.</summary>
    public const int SupplierListRows = 1_000_000;

    /// <summary>A supplier list as a workbook of the old kind (XLS), which has at most 65,536 rows a sheet and is read with all its texts in memory.</summary>
    public const long SupplierListOldWorkbook = 64L << 20;

    /// <summary>One row of a supplier list, in characters.</summary>
    public const int SupplierListRow = 64 << 10;

    /// <summary>What is kept of the refused rows of one list until they are mended, in characters.</summary>
    public const long SupplierListKept = 32L << 20;

    /// <summary>One piece of evidence.</summary>
    public const long Evidence = 32L << 20;

    /// <summary>A file handed in to be verified.</summary>
    public const long Verification = 64L << 20;

    /// <summary>What a worker writes, in characters.</summary>
    public const int GrievanceText = 10_000;

    /// <summary>What a form writes around its file.</summary>
    public const long FormAround = 1L << 20;

    /// <summary>The largest request any address accepts; the gateway refuses above it.</summary>
    public const long Largest = SupplierList + FormAround;
}
