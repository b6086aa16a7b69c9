namespace RnnGen.Formats.Keras;

/// <summary>Says in which file something is wrong.</summary>
internal static class KerasDamage
{
    /// <summary>Reads a file; what is wrong with it is a <see cref="FormatException"/> that names it.</summary>
    public static T Guarded<T>(string format, string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (UnsupportedLayerException)
        {
            throw;
        }
        catch (Exception damage) when (damage is FormatException or OverflowException or InvalidOperationException or ArgumentException or InvalidDataException or EndOfStreamException)
        {
            throw new FormatException($"{format} {Text.Quote(file)}: {damage.Message}", damage);
        }
    }
}
