namespace RnnGen.Runtime;

/// <summary>
/// What generated code and the runtime agree on: which public members of <c>RnnGen.Runtime</c> there are and what they do. The generator compiles this file too.
/// </summary>
internal static class ContractVersion
{
    /// <summary>Whoever changes a member so that code generated before no longer works with it raises the number.</summary>
    public const int Current = 2;
}
