namespace RnnGen.Generator.Spec;

/// <summary>How large vectors may be.</summary>
internal static class Sizes
{
    /// <summary>Units of a layer, features of a step or elements of a state at most.</summary>
    public const int Largest = 16384;
}
