using Recruitment.Platform;
using Recruitment.Reports.Issuing;

namespace Recruitment.Reports.Tests.Issuing;

public sealed class TextScanTests
{
    [Theory]
    [InlineData("Ms. Somying paid the broker", "name")]
    [InlineData("paid by Aung Kyaw in cash", "name")]
    [InlineData("นางสาวสมหญิงจ่ายเงิน", "name")]
    [InlineData("ဒေါ်အေးမွန်", "name")]
    [InlineData("call 081-234-5678", "phone")]
    [InlineData("call ๐๘๑ ๒๓๔ ๕๖๗๘", "phone")]
    [InlineData("passport MD123456 was kept", "identity_number")]
    [InlineData("write to a.b@example.org", "email")]
    [InlineData("on 14 March they left", "exact_date")]
    [InlineData("on 2026-03-14 they left", "exact_date")]
    [InlineData("two Myanmar women said so", "small_group")]
    [InlineData("3 workers said so", "small_group")]
    [InlineData("a slave-free supply chain", "claim")]
    [InlineData("the agency is IRIS certified", "claim")]
    [InlineData("its contracts are compliant", "claim")]
    [InlineData("free of forced labor", "claim")]
    [InlineData("free of\nforced  labour", "claim")]
    [InlineData("approved by\u00A0IOM", "claim")]
    [InlineData("คนงาน 3 คนบอกเช่นนี้", "small_group")]
    [InlineData("คนงาน ๓ คนบอกเช่นนี้", "small_group")]
    [InlineData("ผู้หญิงสองคนบอกเช่นนี้", "small_group")]
    [InlineData("အလုပ်သမား ၃ ယောက် ပြောသည်", "small_group")]
    [InlineData("កម្មករ ៤ នាក់ បាននិយាយ", "small_group")]
    [InlineData("ກຳມະກອນສາມຄົນເວົ້າ", "small_group")]
    [InlineData("ba công nhân đã nói", "small_group")]
    [InlineData("ออกไปเมื่อ 14 มี.ค.", "exact_date")]
    [InlineData("နိုဝင်ဘာလ ၁၄ ရက်နေ့", "exact_date")]
    [InlineData("នៅថ្ងៃទី ១៤", "exact_date")]
    [InlineData("ວັນທີ 14", "exact_date")]
    [InlineData("ngày 14 tháng 3", "exact_date")]
    [InlineData("លោកស្រី សុភា បានបង់ប្រាក់", "name")]
    [InlineData("ທ້າວ ບຸນມີ ຈ່າຍເງິນ", "name")]
    [InlineData("Bà Hoa đã trả tiền", "name")]
    [InlineData("The only Khmer woman was asked again", "small_group")]
    [InlineData("the only woman on the night shift", "small_group")]
    [InlineData("their sole interpreter", "small_group")]
    [InlineData("both Lao workers said so", "small_group")]
    [InlineData("คนงานลาวมีเพียงคนเดียว", "small_group")]
    [InlineData("ស្ត្រីតែម្នាក់", "small_group")]
    [InlineData("người phụ nữ duy nhất", "small_group")]
    [InlineData("a worker called Somsak paid", "name")]
    [InlineData("the broker Vichai took it", "name")]
    [InlineData("ကိုအောင်ကျော် ပြောသည်", "name")]
    [InlineData("အလုပ်သမား နော်မူမူ ပြောသည်", "name")]
    [InlineData("คนงานชื่อสมศักดิ์จ่ายเงิน", "name")]
    [InlineData("công nhân tên là Hoa", "name")]
    public void What_may_point_to_a_person_is_found(string text, string kind) =>
        Assert.Contains(TextScan.In("A1-01", text, [], 10), hit => hit.Kind == kind);

    [Theory]
    [InlineData("Receipts for 240 workers were checked in March 2026.")]
    [InlineData("Two procedures are not compliant with the agency's own manual.")]
    [InlineData("Saffron Bridge Recruitment keeps a register of fees.")]
    [InlineData("ตรวจใบเสร็จของคนงาน 240 คน")]
    [InlineData("12405 người")]
    [InlineData("The only record was the payroll, and both procedures were followed.")]
    [InlineData("a form called the pledge; each worker signed it")]
    [InlineData("အလုပ်သမားများကို မေးသည်။ ကိုယ်တိုင် လက်မှတ်ထိုးသည်")]
    [InlineData("ระบุชื่อบริษัทในสัญญา")]
    public void Ordinary_words_pass(string text) => Assert.Empty(TextScan.In("A1-01", text, ["Saffron Bridge Recruitment"], 10));

    [Fact]
    public void Numbers_are_random_read_back_however_typed_and_refuse_a_typing_error()
    {
        var numbers = Enumerable.Range(0, 2000).Select(_ => ReportNumber.New(2026)).ToList();

        Assert.Equal(2000, numbers.Distinct().Count());
        Assert.NotEqual(numbers.Order(StringComparer.Ordinal), numbers);
        Assert.All(numbers, n => Assert.Equal(n, ReportNumber.Read(n.Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant())));
        var wrong = numbers.Select(n => n[..7] + (n[7] == 'A' ? 'B' : 'A') + n[8..]).ToList();
        Assert.All(wrong, n => Assert.Null(ReportNumber.Read(n)));
    }
}
