using System.Text.RegularExpressions;

namespace Recruitment.Platform;

/// <summary>The same questions in Thai, Burmese, Khmer, Lao and Vietnamese, in which an auditor may quote what was said.</summary>
public static partial class TextScan
{
    /// <summary>A numeral before the word that counts people.</summary>
    [GeneratedRegex(@"(?<n>หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|(?<!\d)\d{1,4})\s*(?:คน|ราย|ท่าน)|(?<n>တစ်|နှစ်|သုံး|လေး|ငါး|ခြောက်|ခုနစ်|ရှစ်|ကိုး|(?<!\d)\d{1,4})\s*(?:ယောက်|ဦး)|(?<n>មួយ|ពីរ|បី|បួន|ប្រាំ|(?<!\d)\d{1,4})\s*នាក់|(?<n>ໜຶ່ງ|ສອງ|ສາມ|ສີ່|ຫ້າ|ຫົກ|ເຈັດ|ແປດ|ເກົ້າ|(?<!\d)\d{1,4})\s*ຄົນ|\b(?<n>một|hai|ba|bốn|năm|sáu|bảy|tám|chín|(?<!\d)\d{1,4})\s+(?:người|công nhân|lao động|phụ nữ|đàn ông|trẻ em)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex GroupElsewhere();

    [GeneratedRegex(@"\d{1,2}\s*(?:ม\.ค\.|ก\.พ\.|มี\.ค\.|เม\.ย\.|พ\.ค\.|มิ\.ย\.|ก\.ค\.|ส\.ค\.|ก\.ย\.|ต\.ค\.|พ\.ย\.|ธ\.ค\.)|วันที่\s*\d{1,2}|\d{1,2}\s*ရက်\s*နေ့|(?:ဇန်နဝါရီ|ဖေဖော်ဝါရီ|မတ်|ဧပြီ|မေ|ဇွန်|ဇူလိုင်|ဩဂုတ်|စက်တင်ဘာ|အောက်တိုဘာ|နိုဝင်ဘာ|ဒီဇင်ဘာ)(?:လ)?\s*\d{1,2}|ថ្ងៃទី\s*\d{1,2}|ວັນທີ\s*\d{1,2}|\bngày\s+\d{1,2}|\b\d{1,2}\s+tháng\s+\d{1,2}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ExactDateElsewhere();

    [GeneratedRegex(@"(?:លោកស្រី|លោក|កញ្ញា|អ្នកស្រី)\s?[\p{L}\p{M}]{2,}|(?:ທ້າວ|ນາງສາວ|ນາງ|ທ່ານ)\s?[\p{L}\p{M}]{2,}|\b(?:Ông|Bà|Anh|Chị|Cô|Chú)\s+\p{Lu}[\p{L}\p{M}]*(?:\s+\p{Lu}[\p{L}\p{M}]*)*", RegexOptions.CultureInvariant)]
    private static partial Regex NameElsewhere();
}
