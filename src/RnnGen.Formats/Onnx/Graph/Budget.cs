namespace RnnGen.Formats.Onnx;

/// <summary>How many values may be made while a file is read, in all: a small file cannot ask for much.</summary>
/// <param name="fileSize">Bytes of the file.</param>
/// <param name="share">What part of all that a file of this size may cost.</param>
internal sealed class Budget(long fileSize, double share = 1)
{
    // Tensors are moved about a few times under each of a few readings; small files get enough for any network of such a size.
    private const long Least = 80_000, PerByte = 40;

    private long _left = (long)(share * (Least + (fileSize * PerByte)));

    /// <exception cref="SpentException">It is spent.</exception>
    public void Spend(long values)
    {
        _left -= Math.Max(values, 0);
        if (_left < 0)
            throw new SpentException($"expected tensors of a size that fits a file of {fileSize} bytes, got larger ones");
    }
}

/// <summary>A budget is spent: nothing more is to be tried.</summary>
internal sealed class SpentException(string message) : FormatException(message);
