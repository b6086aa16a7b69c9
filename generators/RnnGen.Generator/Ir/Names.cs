using System.Globalization;

namespace RnnGen.Generator.Ir;

/// <summary>How names and numbers are spelt, in equations and in generated code, whatever the culture.</summary>
internal static class Names
{
    /// <summary>
    /// What the names of values begin with that the generator has beside those of cells: <c>$pre</c>. No cell can have such a name. Generated code and people
    /// see it without the sign.
    /// </summary>
    public const string Own = "$";

    /// <summary>A name without the sign of <see cref="Own"/>.</summary>
    public static string Plain(string name) => IsOwn(name) ? name.Substring(Own.Length) : name;

    public static string Pascal(string name) => char.ToUpperInvariant(Plain(name)[0]) + Plain(name).Substring(1);

    public static string Camel(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);

    /// <summary>Words in small letters, as C has them: <c>CreateDefault</c> → <c>create_default</c>.</summary>
    public static string Snake(string pascal) =>
        string.Concat(pascal.Select((letter, index) => (index > 0 && char.IsUpper(letter) ? "_" : "") + char.ToLowerInvariant(letter)));

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A float as a C# literal that reads back as the same bits, or the name of one that has no literal.</summary>
    public static string Float(float value) => value switch
    {
        float.NaN => "float.NaN",
        float.PositiveInfinity => "float.PositiveInfinity",
        float.NegativeInfinity => "float.NegativeInfinity",
        _ => value.ToString("R", CultureInfo.InvariantCulture) + "f",
    };

    /// <summary>A name as C# takes it: the gradient of <c>o</c> is called like a keyword.</summary>
    public static string Identifier(string name) => Microsoft.CodeAnalysis.CSharp.SyntaxFacts.GetKeywordKind(name) == Microsoft.CodeAnalysis.CSharp.SyntaxKind.None ? name : "@" + name;

    /// <summary>The name of a value's gradient: <c>i</c> → <c>di</c>.</summary>
    public static string Gradient(string name) => (IsOwn(name) ? Own : "") + "d" + Plain(name);

    private static bool IsOwn(string name) => name.StartsWith(Own, StringComparison.Ordinal);
}
