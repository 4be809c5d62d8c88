using System.Text.RegularExpressions;

namespace Recruitment.Platform;

/// <summary>One person singled out without a title or a number: "the only Khmer woman", "a worker called Somsak".</summary>
public static partial class TextScan
{
    [GeneratedRegex(@"\b(?:[Tt]he|[Aa]n?|[Oo]ur|[Tt]heir|[Ii]ts)\s+(?:only|sole|single)\s+(?:[\w-]+\s+){0,3}?(?:worker|woman|man|person|jobseeker|interviewee|employee|migrant|girl|boy|child|applicant|returnee|mother|father|cook|driver|cleaner|nurse|guard|interpreter|supervisor|foreman|welder|operator|fisher|sewer|helper|one)\b|\b[Tt]he\s+(?:only|sole)\s+\p{Lu}\p{Ll}+\b|\b(?:[Aa]\s+couple|[Aa]\s+pair|[Bb]oth)\s+(?:of\s+)?(?:the\s+)?(?:[\w-]+\s+){0,2}?(?:workers|women|men|people|jobseekers|interviewees|employees|migrants|girls|boys|children)\b|คนเดียว|ម្នាក់|ຄົນດຽວ|\bngười\s+(?:[\p{L}]+\s+){0,3}?duy\s+nhất|\b[Dd]uy\s+nhất\s+(?:một\s+)?(?:người|công\s+nhân|phụ\s+nữ)", RegexOptions.CultureInvariant)]
    private static partial Regex Singled();

    /// <summary>A name that nothing but the word before it shows to be one. Burmese titles only where a phrase begins: elsewhere they are particles.</summary>
    [GeneratedRegex(@"(?<=\b(?:called|named|nicknamed|known\s+as)\s+[""“‘']?)\p{Lu}\p{Ll}+(?:\s+\p{Lu}\p{Ll}+)*|(?<=\b(?:[Ww]orker|[Ww]oman|[Mm]an|[Jj]obseeker|[Ii]nterviewee|[Mm]igrant|[Bb]roker|[Ss]ub-agent|[Ss]upervisor|[Ff]oreman|[Hh]usband|[Ww]ife|[Ss]ister|[Bb]rother)\s+)\p{Lu}\p{Ll}{2,}\b|(?<![\p{L}\p{M}])(?:ကို(?!ယ်)|မောင်|နော်|စော|နန်း|စိုင်း)\s?[\p{L}\p{M}]{2,}|(?<=ชื่อ\s?)(?!ของ|บริษัท|นายจ้าง|โรงงาน|และ|หรือ|เอกสาร)[\p{L}\p{M}]{2,}|(?<=(?:ឈ្មោះ|ຊື່)\s?)[\p{L}\p{M}]{2,}|(?<=\btên\s+(?:là\s+)?)\p{Lu}[\p{L}\p{M}]*(?:\s+\p{Lu}[\p{L}\p{M}]*)*", RegexOptions.CultureInvariant)]
    private static partial Regex Called();
}
