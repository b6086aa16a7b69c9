using RnnGen.Runtime;
using RnnGen.Tests.Memory;
using RnnGen.Training;

namespace RnnGen.Tests.Training;

/// <summary>What kind of network a <see cref="LinearNetwork{TKind}"/> is.</summary>
public interface ILinearKind
{
    static abstract OutputActivation Activation { get; }

    static abstract bool ManyToOne { get; }

    static virtual string? ReverseLayer => null;
}

public readonly struct PerStepSoftmax : ILinearKind
{
    public static OutputActivation Activation => OutputActivation.Softmax;

    public static bool ManyToOne => false;
}

/// <summary>Only its layout says so.</summary>
public readonly struct PerStepReverse : ILinearKind
{
    public static OutputActivation Activation => OutputActivation.Softmax;

    public static bool ManyToOne => false;

    public static string? ReverseLayer => "lstm1";
}

public readonly struct PerStepIdentity : ILinearKind
{
    public static OutputActivation Activation => OutputActivation.Identity;

    public static bool ManyToOne => false;
}

public readonly struct PerStepSigmoid : ILinearKind
{
    public static OutputActivation Activation => OutputActivation.Sigmoid;

    public static bool ManyToOne => false;
}

public readonly struct ManyToOneSoftmax : ILinearKind
{
    public static OutputActivation Activation => OutputActivation.Softmax;

    public static bool ManyToOne => true;
}

/// <summary>
/// The smallest recurrent network that a trainer can train, written by hand: <c>h' = W x + u ⊙ h + b</c>, the logits being h. Its rows are padded to show that
/// padding stays zero.
/// </summary>
public sealed unsafe class LinearNetwork<TKind> : INetwork<LinearNetwork<TKind>>
    where TKind : struct, ILinearKind
{
    private const int In = 3;
    private const int Units = 4;
    private const int RowStride = 5; // of W, one float of padding a row
    private const int RecurrentOffset = Units * RowStride + 1;
    private const int BiasOffset = RecurrentOffset + Units + 2;
    private const int Length = BiasOffset + Units + 3;

    // Regions of the tape.
    private const int Inputs = 0;
    private const int States = 1;
    private const int StateGradients = 2;
    private const int LogitGradients = 3;
    private const int InputGradients = 4;
    private const int LastStates = 5;

    public static TapeLayout? TapeLayout { get; } = new(
        [
            new TapeRegion("x", TapeRows.Steps, In),
            new TapeRegion("h", TapeRows.StepsAndInitial, Units),
            new TapeRegion("dh", TapeRows.TwoBatches, Units),
            new TapeRegion("dlogits", TKind.ManyToOne ? TapeRows.Batch : TapeRows.Steps, Units),
            new TapeRegion("dx", TapeRows.Steps, In),
            new TapeRegion("last", TapeRows.Batch, Units),
        ],
        InputRegion: Inputs,
        LogitRegion: TKind.ManyToOne ? LastStates : States,
        LogitRowOffset: TKind.ManyToOne ? 0 : 1,
        LogitGradientRegion: LogitGradients,
        InputGradientRegion: InputGradients);

    private LinearNetwork()
    {
    }

    public static int InputSize => In;

    public static int OutputSize => Units;

    public static int StateSize => Units;

    public static int ParameterCount => Units * In + Units + Units;

    public static NetworkLayout Layout { get; } = new(
        "LinearNetwork",
        In,
        Units,
        TKind.ManyToOne,
        TKind.Activation,
        [
            new ParameterLayout("weight", [Units, In], Units, In, BlockUnits: 1, [new GateLayout(0, RowStride, 1)], 0.5f),
            new ParameterLayout("recurrent", [Units], Units, 1, BlockUnits: 1, [new GateLayout(RecurrentOffset, 1, 1)], 0.5f),
            new ParameterLayout("bias", [Units], Units, 1, BlockUnits: 1, [new GateLayout(BiasOffset, 1, 1)], 0.5f),
        ],
        [new StateLayout("h", Units, Offset: 0, TapeRegion: States, GradientRegion: StateGradients)],
        Length,
        StateLength: Units,
        ScratchLength: 0)
    {
        ReverseLayer = TKind.ReverseLayer,
    };

    public NetworkMemory Memory { get; } = new(Layout);

    public ParameterCollection Parameters => Memory.Parameters;

    public static LinearNetwork<TKind> Create(long seed)
    {
        var network = new LinearNetwork<TKind>();
        network.Memory.Initialize(seed);
        return network;
    }

    public static LinearNetwork<TKind> Load(string path) => throw new NotSupportedException();

    public static LinearNetwork<TKind> Load(Stream stream) => throw new NotSupportedException();

    public static LinearNetwork<TKind> Load(ReadOnlySpan<byte> safetensors) => throw new NotSupportedException();

    public static Tape<LinearNetwork<TKind>> CreateTape(int maxSteps, int batchSize) => new(maxSteps, batchSize);

    public void Save(string path) => throw new NotSupportedException();

    public void Step(ReadOnlySpan<float> input, Span<float> output) => throw new NotSupportedException();

    public void Reset() => throw new NotSupportedException();

    public void CopyStateTo(Span<float> destination) => throw new NotSupportedException();

    public void SetState(ReadOnlySpan<float> source) => throw new NotSupportedException();

    public void Run(ReadOnlySpan<float> input, Span<float> output) => throw new NotSupportedException();

    public void Predict(ReadOnlySpan<float> input, Span<float> output) => throw new NotSupportedException();

    public string Summary() => throw new NotSupportedException();

    public void Run(SequenceBatch batch, Span<float> output) => throw new NotSupportedException();

    public void Dispose() => Memory.Dispose();

    public void Forward(Tape<LinearNetwork<TKind>> tape, SequenceBatch batch)
    {
        TapeMemory memory = tape.BeginForward(Memory, batch);
        float* w = Pinned.Pointer(ref Memory.Weights);
        for (int row = 0; row < memory.Steps * memory.Batch; row++)
        {
            float* x = Region(memory, Inputs) + row * In;
            float* before = Region(memory, States) + row * Units;
            float* h = before + memory.Batch * Units;
            for (int i = 0; i < Units; i++)
            {
                float sum = w[BiasOffset + i] + w[RecurrentOffset + i] * before[i];
                for (int j = 0; j < In; j++)
                    sum += w[i * RowStride + j] * x[j];
                h[i] = Pinned.Pointer(ref memory.Mask)[row] != 0 ? sum : before[i];
            }
        }

        if (TKind.ManyToOne)
        {
            float* last = Region(memory, States) + memory.Steps * memory.Batch * Units;
            new Span<float>(last, memory.Batch * Units).CopyTo(new Span<float>(Region(memory, LastStates), memory.Batch * Units));
        }

        tape.EndForward();
    }

    public void Backward(Tape<LinearNetwork<TKind>> tape, ReadOnlySpan<float> outputGradients) => Backward(tape, outputGradients, ofLogits: false);

    public void BackwardFromLogits(Tape<LinearNetwork<TKind>> tape, ReadOnlySpan<float> logitGradients) => Backward(tape, logitGradients, ofLogits: true);

    private static float* Region(TapeMemory memory, int index) => Pinned.Pointer(ref memory.Region(index));

    private void Backward(Tape<LinearNetwork<TKind>> tape, ReadOnlySpan<float> gradients, bool ofLogits)
    {
        TapeMemory memory = tape.BeginBackward(Memory, gradients, ofLogits);
        float* w = Pinned.Pointer(ref Memory.Weights);
        float* dw = Pinned.Pointer(ref memory.Gradients);
        for (int row = memory.Steps * memory.Batch - 1; row >= 0; row--)
        {
            int step = row / memory.Batch;
            int sequence = row % memory.Batch;
            float* x = Region(memory, Inputs) + row * In;
            float* dx = Region(memory, InputGradients) + row * In;
            float* before = Region(memory, States) + row * Units;
            float* dh = Region(memory, StateGradients) + ((step + 1 & 1) * memory.Batch + sequence) * Units;
            float* dBefore = Region(memory, StateGradients) + ((step & 1) * memory.Batch + sequence) * Units;
            new Span<float>(dx, In).Clear();
            for (int i = 0; i < Units; i++)
            {
                float d = dh[i];
                if (!TKind.ManyToOne)
                    d += Region(memory, LogitGradients)[row * Units + i];
                else if (step == memory.Steps - 1)
                    d += Region(memory, LogitGradients)[sequence * Units + i];
                dBefore[i] = Pinned.Pointer(ref memory.Mask)[row] != 0 ? w[RecurrentOffset + i] * d : d;
                if (Pinned.Pointer(ref memory.Mask)[row] == 0)
                    continue;
                dw[BiasOffset + i] += d;
                dw[RecurrentOffset + i] += d * before[i];
                for (int j = 0; j < In; j++)
                {
                    dw[i * RowStride + j] += d * x[j];
                    dx[j] += d * w[i * RowStride + j];
                }
            }
        }

        tape.EndBackward();
    }
}
