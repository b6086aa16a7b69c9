using RnnGen.Tests.Numerics;
using RnnGen.Tests.Training;

namespace RnnGen.Tests.Surface;

/// <summary>What networks do with streams: a network's state is a type of its own, so that no interface of the library has it.</summary>
public interface IStreams<TNetwork, TState>
    where TState : struct
{
    /// <summary>Whether a masked step sets the state to zero.</summary>
    static abstract bool Resets { get; }

    static abstract TState Initial(TNetwork network);

    static abstract void Run(TNetwork network, ref TState stream, ReadOnlySpan<float> input, Span<float> output);

    static abstract void Run(TNetwork network, Span<TState> streams, SequenceBatch batch, Span<float> output);
}

/// <summary>The same for networks that have steps.</summary>
public interface IStreamSteps<TNetwork, TState> : IStreams<TNetwork, TState>
    where TState : struct
{
    static abstract void Step(TNetwork network, ref TState stream, ReadOnlySpan<float> input, Span<float> output);

    static abstract void Step(TNetwork network, Span<TState> streams, ReadOnlySpan<float> input, Span<float> output, ReadOnlySpan<bool> active);
}

public sealed class TwoKindsStreams : StreamStepTests<TwoKinds, TwoKinds.State, TwoKindsStreams.Calls>
{
    public readonly struct Calls : IStreamSteps<TwoKinds, TwoKinds.State>
    {
        public static bool Resets => false;

        public static TwoKinds.State Initial(TwoKinds network) => network.InitialState;

        public static void Step(TwoKinds network, ref TwoKinds.State stream, ReadOnlySpan<float> input, Span<float> output) =>
            network.Step(ref stream, input, output);

        public static void Step(
            TwoKinds network, Span<TwoKinds.State> streams, ReadOnlySpan<float> input, Span<float> output, ReadOnlySpan<bool> active) =>
            network.Step(streams, input, output, active);

        public static void Run(TwoKinds network, ref TwoKinds.State stream, ReadOnlySpan<float> input, Span<float> output) =>
            network.Run(ref stream, input, output);

        public static void Run(TwoKinds network, Span<TwoKinds.State> streams, SequenceBatch batch, Span<float> output) =>
            network.Run(streams, batch, output);
    }
}

public sealed class ResettingLstmStreams : StreamStepTests<ResettingLstm, ResettingLstm.State, ResettingLstmStreams.Calls>
{
    public readonly struct Calls : IStreamSteps<ResettingLstm, ResettingLstm.State>
    {
        public static bool Resets => true;

        public static ResettingLstm.State Initial(ResettingLstm network) => network.InitialState;

        public static void Step(ResettingLstm network, ref ResettingLstm.State stream, ReadOnlySpan<float> input, Span<float> output) =>
            network.Step(ref stream, input, output);

        public static void Step(
            ResettingLstm network, Span<ResettingLstm.State> streams, ReadOnlySpan<float> input, Span<float> output, ReadOnlySpan<bool> active) =>
            network.Step(streams, input, output, active);

        public static void Run(ResettingLstm network, ref ResettingLstm.State stream, ReadOnlySpan<float> input, Span<float> output) =>
            network.Run(ref stream, input, output);

        public static void Run(ResettingLstm network, Span<ResettingLstm.State> streams, SequenceBatch batch, Span<float> output) =>
            network.Run(streams, batch, output);
    }
}

public sealed class MeanOfGruStreams : StreamStepTests<MeanOfGru, MeanOfGru.State, MeanOfGruStreams.Calls>
{
    public readonly struct Calls : IStreamSteps<MeanOfGru, MeanOfGru.State>
    {
        public static bool Resets => false;

        public static MeanOfGru.State Initial(MeanOfGru network) => network.InitialState;

        public static void Step(MeanOfGru network, ref MeanOfGru.State stream, ReadOnlySpan<float> input, Span<float> output) =>
            network.Step(ref stream, input, output);

        public static void Step(
            MeanOfGru network, Span<MeanOfGru.State> streams, ReadOnlySpan<float> input, Span<float> output, ReadOnlySpan<bool> active) =>
            network.Step(streams, input, output, active);

        public static void Run(MeanOfGru network, ref MeanOfGru.State stream, ReadOnlySpan<float> input, Span<float> output) =>
            network.Run(ref stream, input, output);

        public static void Run(MeanOfGru network, Span<MeanOfGru.State> streams, SequenceBatch batch, Span<float> output) =>
            network.Run(streams, batch, output);
    }
}

public sealed class MaxOfDenseStreams : StreamStepTests<MaxOfDense, MaxOfDense.State, MaxOfDenseStreams.Calls>
{
    public readonly struct Calls : IStreamSteps<MaxOfDense, MaxOfDense.State>
    {
        public static bool Resets => false;

        public static MaxOfDense.State Initial(MaxOfDense network) => network.InitialState;

        public static void Step(MaxOfDense network, ref MaxOfDense.State stream, ReadOnlySpan<float> input, Span<float> output) =>
            network.Step(ref stream, input, output);

        public static void Step(
            MaxOfDense network, Span<MaxOfDense.State> streams, ReadOnlySpan<float> input, Span<float> output, ReadOnlySpan<bool> active) =>
            network.Step(streams, input, output, active);

        public static void Run(MaxOfDense network, ref MaxOfDense.State stream, ReadOnlySpan<float> input, Span<float> output) =>
            network.Run(ref stream, input, output);

        public static void Run(MaxOfDense network, Span<MaxOfDense.State> streams, SequenceBatch batch, Span<float> output) =>
            network.Run(streams, batch, output);
    }
}

public sealed class DilatedConvolutionStreams : StreamStepTests<DilatedConvolution, DilatedConvolution.State, DilatedConvolutionStreams.Calls>
{
    public readonly struct Calls : IStreamSteps<DilatedConvolution, DilatedConvolution.State>
    {
        public static bool Resets => false;

        public static DilatedConvolution.State Initial(DilatedConvolution network) => network.InitialState;

        public static void Step(DilatedConvolution network, ref DilatedConvolution.State stream, ReadOnlySpan<float> input, Span<float> output) =>
            network.Step(ref stream, input, output);

        public static void Step(
            DilatedConvolution network, Span<DilatedConvolution.State> streams, ReadOnlySpan<float> input, Span<float> output, ReadOnlySpan<bool> active) =>
            network.Step(streams, input, output, active);

        public static void Run(DilatedConvolution network, ref DilatedConvolution.State stream, ReadOnlySpan<float> input, Span<float> output) =>
            network.Run(ref stream, input, output);

        public static void Run(DilatedConvolution network, Span<DilatedConvolution.State> streams, SequenceBatch batch, Span<float> output) =>
            network.Run(streams, batch, output);
    }
}

public sealed class BothWaysNetworkStreams : StreamBatchTests<BothWaysNetwork, BothWaysNetwork.State, BothWaysNetworkStreams.Calls>
{
    public readonly struct Calls : IStreams<BothWaysNetwork, BothWaysNetwork.State>
    {
        public static bool Resets => false;

        public static BothWaysNetwork.State Initial(BothWaysNetwork network) => network.InitialState;

        public static void Run(BothWaysNetwork network, ref BothWaysNetwork.State stream, ReadOnlySpan<float> input, Span<float> output) =>
            network.Run(ref stream, input, output);

        public static void Run(BothWaysNetwork network, Span<BothWaysNetwork.State> streams, SequenceBatch batch, Span<float> output) =>
            network.Run(streams, batch, output);
    }
}
