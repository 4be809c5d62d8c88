namespace Recruitment.Grievances.Cases;

/// <summary>What a worker may wish for in the person she speaks with.</summary>
internal static class Wish
{
    public const string Words = "woman|man|either";
}
