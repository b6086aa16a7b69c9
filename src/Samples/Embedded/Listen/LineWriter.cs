using System.Buffers.Text;

namespace RnnGen.Samples.Embedded;

/// <summary>Writes the program's lines, each with one system call and without allocating.</summary>
/// <param name="output">Where to.</param>
internal sealed class LineWriter(Stream output)
{
    private readonly byte[] _line = new byte[64];
    private int _length;

    /// <summary>A guess while somebody speaks: <c>  350 ms  7  98.3 %</c>.</summary>
    public void Guess(int milliseconds, int digit, float probability)
    {
        Number(milliseconds, width: 5);
        Text(" ms  "u8);
        Number(digit, width: 1);
        Text("  "u8);
        Percent(probability, width: 5);
        End();
    }

    /// <summary>What was said: <c>7 (98.3 %)</c>.</summary>
    public void Heard(int digit, float probability)
    {
        Number(digit, width: 1);
        Text(" ("u8);
        Percent(probability, width: 1);
        Text(")"u8);
        End();
    }

    private void Percent(float share, int width)
    {
        int tenths = (int)MathF.Round(1000 * share);
        Number(tenths / 10, width - 2);
        Text("."u8);
        Number(tenths % 10, width: 1);
        Text(" %"u8);
    }

    private void Number(int value, int width)
    {
        Span<byte> digits = stackalloc byte[11];
        Utf8Formatter.TryFormat(value, digits, out int count);
        for (; width > count; width--)
            Text(" "u8);
        Text(digits[..count]);
    }

    private void Text(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_line.AsSpan(_length));
        _length += text.Length;
    }

    private void End()
    {
        Text("\n"u8);
        output.Write(_line, 0, _length);
        _length = 0;
    }
}
