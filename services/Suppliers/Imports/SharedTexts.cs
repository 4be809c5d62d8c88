using System.Buffers;
using System.Text;

namespace Recruitment.Suppliers.Imports;

/// <summary>The texts that the cells of a workbook point to, packed: as single strings they would take three times the memory.</summary>
internal sealed class SharedTexts
{
    private const int Largest = 64 << 20;
    private readonly ArrayBufferWriter<byte> packed = new();
    private readonly List<int> ends = [];

    public void Add(string text)
    {
        Encoding.UTF8.GetBytes(text, packed);
        ends.Add(packed.WrittenCount);
        if (packed.WrittenCount + (4L * ends.Count) > Largest)
            throw new UnreadableListException("workbook-too-large", "The workbook holds more text than can be read from it at once. Save the list as CSV and upload that.");
    }

    public string At(int index)
    {
        if (index < 0 || index >= ends.Count) return "";
        var from = index == 0 ? 0 : ends[index - 1];
        return Encoding.UTF8.GetString(packed.WrittenSpan[from..ends[index]]);
    }
}
