namespace Recruitment.Platform;

/// <summary>Whether a failure is to be logged: at the first, second, fourth, eighth time in a row, for what is tried again every second would fill a disk with the same line.</summary>
internal sealed class SaidLess
{
    private int times;

    public bool Again() => int.IsPow2(++times);

    public void IsOver() => times = 0;
}
