namespace RnnGen.Tests.Bounds;

/// <content>What a network does with states of its own type, which no interface of the library has.</content>
internal sealed partial class BoundsCase<TNetwork, TState>
{
    private delegate void OneStream(TNetwork network, ref TState state, ReadOnlySpan<float> input, Span<float> output);

    private delegate void StepOfMany(TNetwork network, Span<TState> streams, ReadOnlySpan<float> input, Span<float> output, ReadOnlySpan<bool> active);

    private delegate void RunOfMany(TNetwork network, Span<TState> streams, SequenceBatch batch, Span<float> output);

    private static class StreamCalls
    {
        public static readonly OneStream Step = Find<OneStream>("Step");

        public static readonly OneStream Run = Find<OneStream>("Run");

        public static readonly StepOfMany StepMany = Find<StepOfMany>("Step");

        public static readonly RunOfMany RunBatch = Find<RunOfMany>("Run");

        // The method of a delegate's own parameters, the first of which is the network.
        private static TDelegate Find<TDelegate>(string name)
            where TDelegate : Delegate
        {
            Type[] parameters = [.. typeof(TDelegate).GetMethod("Invoke")!.GetParameters().Skip(1).Select(parameter => parameter.ParameterType)];
            return typeof(TNetwork).GetMethod(name, parameters)?.CreateDelegate<TDelegate>()!; // a network of classes has none with frames
        }
    }
}
