namespace RnnGen.Runtime;

/// <content>The number that generated code carries; the generator compiles this file too.</content>
public static partial class RuntimeContract
{
    /// <summary>
    /// What generated code and the runtime agree on: what public members of <c>RnnGen.Runtime</c> there are and what they do. Whoever changes one of them so that
    /// code generated before no longer works with it raises the number.
    /// </summary>
    public const int Version = 1;
}
