using System.Buffers.Text;

namespace RnnGen.Formats.Rnnoise;

/// <summary>The numbers of an RNNoise file one after the other: its signed bytes, or those of a text, which begins with a line of its own.</summary>
internal sealed class RnnoiseNumbers
{
    private const float Scale = 1 / 256f;

    // Beyond what any feature vector of a frame has; products of two, with three gates, stay within an int.
    private const int LargestSize = 4096;

    private readonly byte[] _bytes;
    private readonly bool _isText;
    private int _at;

    public RnnoiseNumbers(ModelFile file)
    {
        (_bytes, _isText) = (file.Bytes, IsText(file));
        if (_isText)
            _at = Title.Length;
    }

    private static ReadOnlySpan<byte> Title => "rnnoise-nu model file version 1\n"u8;

    /// <summary>Whether a file begins with the text's first line.</summary>
    public static bool IsText(ModelFile file) => file.StartsWith(Title);

    /// <summary>The next number.</summary>
    /// <param name="what">What it is, for the message.</param>
    public int Next(string what)
    {
        if (!_isText)
            return _at < _bytes.Length ? (sbyte)_bytes[_at++] : throw new FormatException($"{what}: expected a byte at {_at}, got the end of the file");
        SkipSpace();
        if (!Utf8Parser.TryParse(_bytes.AsSpan(_at), out int value, out int length) || !IsSpace(_at + length))
            throw new FormatException($"{what}: expected a number at {_at}, got {(_at < _bytes.Length ? "something else" : "the end of the file")}");
        _at += length;
        return value;
    }

    /// <summary>A size of a layer.</summary>
    public int Size(string what)
    {
        // A size is an unsigned byte of the binary form.
        int size = _isText ? Next(what) : (byte)Next(what);
        return size is >= 1 and <= LargestSize ? size : throw new FormatException($"{what}: expected a number from 1 to {LargestSize}, got {size}");
    }

    /// <summary>Weights, each of them from −128 to 127 in 1/256.</summary>
    public float[] Weights(string what, int count)
    {
        // A number of a text is a digit and a space at least.
        if (count > (_isText ? (_bytes.Length - _at + 1) / 2 : _bytes.Length - _at))
            throw new FormatException($"{what}: expected {count} weights from byte {_at} on, got {_bytes.Length - _at} bytes");
        float[] weights = new float[count];
        for (int index = 0; index < count; index++)
        {
            int value = Next(what);
            weights[index] = value is >= sbyte.MinValue and <= sbyte.MaxValue ? value * Scale : throw new FormatException($"{what}: expected a weight from −128 to 127 before byte {_at}, got {value}");
        }

        return weights;
    }

    /// <summary>Says that no layer is left.</summary>
    /// <exception cref="FormatException">But bytes are.</exception>
    public void End()
    {
        if (_isText)
            SkipSpace();
        if (_at != _bytes.Length)
            throw new FormatException($"expected the end of the file after the last layer, at {_at}, got {_bytes.Length - _at} bytes more");
    }

    private void SkipSpace()
    {
        while (_at < _bytes.Length && IsSpace(_at))
            _at++;
    }

    /// <summary>Whether there is nothing but space at a place.</summary>
    private bool IsSpace(int at) => at >= _bytes.Length || _bytes[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';
}
