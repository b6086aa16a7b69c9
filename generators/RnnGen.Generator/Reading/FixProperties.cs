using System.Collections.Immutable;

namespace RnnGen.Generator.Reading;

/// <summary>What a code fix takes from a diagnostic, beside its place.</summary>
internal static class FixProperties
{
    /// <summary>What to write instead: a name, or names with commas between them.</summary>
    public const string Instead = nameof(Instead);

    /// <summary>What stands there.</summary>
    public const string Written = nameof(Written);

    /// <summary>Nothing, where it is not clear what was meant.</summary>
    public static ImmutableDictionary<string, string?> None => ImmutableDictionary<string, string?>.Empty;

    /// <summary>What to write instead of what stands there; nothing where it is not clear what was meant.</summary>
    public static ImmutableDictionary<string, string?> Of(string? instead, string? written = null) => instead is null ? None : None.Add(Instead, instead).Add(Written, written);
}
