using RnnGen.Training;

namespace RnnGen.Benchmarks.Learning.Characters;

/// <summary>Another library that learns the same from the same weights; there may be none in this build.</summary>
internal static partial class CharacterPeer
{
    /// <summary>The peer, or null.</summary>
    public static CharacterLearner? Of(ParameterCollection parameters, TrainerOptions options)
    {
        CharacterLearner? peer = null;
        Create(parameters, options, ref peer);
        return peer;
    }

    static partial void Create(ParameterCollection parameters, TrainerOptions options, ref CharacterLearner? peer);
}
