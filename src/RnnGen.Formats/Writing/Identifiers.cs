using System.Text;

namespace RnnGen.Formats;

/// <summary>Makes C# names of names in files.</summary>
internal static class Identifiers
{
    // Those that cannot name a class or a part of a namespace as they are.
    private static readonly HashSet<string> Keywords = new(
        ("abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event explicit extern false finally fixed "
        + "float for foreach goto if implicit in int interface internal is lock long namespace new null object operator out override params private protected public readonly ref "
        + "return sbyte sealed short sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual void volatile while "
        + "record file required scoped var dynamic partial where yield await nint nuint notnull unmanaged managed field extension").Split(' '), StringComparer.Ordinal);

    /// <summary>The longest name: files are called by it, too.</summary>
    public const int MaxLength = 200;

    /// <summary>Whether a text of ASCII letters, digits and underscores is a name.</summary>
    public static bool IsIdentifier(string text) =>
        text.Length is > 0 and <= MaxLength && (char.IsAsciiLetter(text[0]) || text[0] == '_') && text.All(character => char.IsAsciiLetterOrDigit(character) || character == '_') && !Keywords.Contains(text);

    /// <summary>A class name made of a file's or model's name: <c>my-lstm_2</c> → <c>MyLstm2</c>.</summary>
    public static string ClassName(string name)
    {
        var made = new StringBuilder();
        bool starts = true;
        foreach (char character in name.Take(100))
        {
            if (!char.IsAsciiLetterOrDigit(character))
            {
                starts = true;
                continue;
            }

            made.Append(starts ? char.ToUpperInvariant(character) : character);
            starts = false;
        }

        if (made.Length == 0 || char.IsAsciiDigit(made[0]))
            made.Insert(0, "Model");
        return made.ToString();
    }

    /// <summary>A layer's name made of a file's, as RnnGen takes it: lower case, without what C# forbids; null where nothing is left.</summary>
    public static string? LayerName(string name)
    {
        string made = string.Concat(name.Take(60).Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_')).Trim('_');
        if (made.Length == 0)
            return null;
        return char.IsAsciiDigit(made[0]) || Keywords.Contains(made) || made == ModelBuilder.Input ? "_" + made : made;
    }
}
