using RnnGen.Runtime;
using RnnGen.Training;

namespace RnnGen.Tests.Memory;

/// <summary>How a <see cref="FakeNetwork{TVariant}"/> answers.</summary>
public interface IFakeVariant
{
    static abstract bool ManyToOne { get; }

    static abstract OutputActivation Activation { get; }
}

public readonly struct ManyToManyIdentity : IFakeVariant
{
    public static bool ManyToOne => false;

    public static OutputActivation Activation => OutputActivation.Identity;
}

public readonly struct ManyToManySoftmax : IFakeVariant
{
    public static bool ManyToOne => false;

    public static OutputActivation Activation => OutputActivation.Softmax;
}

public readonly struct ManyToOneSigmoid : IFakeVariant
{
    public static bool ManyToOne => true;

    public static OutputActivation Activation => OutputActivation.Sigmoid;
}

/// <summary>
/// A network by hand, the smallest that uses every part of a tape. Two states: <c>a' = a / 2 + (unit + 1) x₀</c> (5 units) and <c>b' = b − x₁</c> (3 units);
/// the logits are the first two units of a. Masked steps carry the states. Its passes write garbage wherever a tape must not look.
/// </summary>
/// <typeparam name="TVariant">How it answers.</typeparam>
public sealed unsafe class FakeNetwork<TVariant> : INetwork<FakeNetwork<TVariant>>, ITapePasses
    where TVariant : struct, IFakeVariant
{
    public const int SizeOfA = 5;
    public const int SizeOfB = 3;
    public const float Garbage = 99;
    private const int Stride = 16;
    private const int Frames = 0;
    private const int A = 1;
    private const int B = 2;
    private const int LastA = 3;
    private const int LogitGradients = 4;
    private const int GradientOfA = 5;
    private const int GradientOfB = 6;
    private const int FrameGradients = 7;

    public FakeNetwork() => Memory = new NetworkMemory(Layout);

    public static int InputSize => 3;

    public static int OutputSize => 2;

    public static int StateSize => SizeOfA + SizeOfB;

    public static int ParameterCount => Layout.Parameters.Sum(parameter => parameter.Count);

    public static NetworkLayout Layout { get; } = TestLayouts.Network() with
    {
        Network = "FakeNetwork",
        ManyToOne = TVariant.ManyToOne,
        OutputActivation = TVariant.Activation,
        States = [new StateLayout("fake0.a", SizeOfA, 16, A, GradientOfA), new StateLayout("fake0.b", SizeOfB, 0, B, GradientOfB)],
    };

    public static TapeLayout TapeLayout { get; } = new(
        [
            new TapeRegion("frames", TapeRows.Steps, 3),
            new TapeRegion("a", TapeRows.StepsAndInitial, Stride),
            new TapeRegion("b", TapeRows.StepsAndInitial, Stride),
            new TapeRegion("last a", TapeRows.Batch, Stride),
            new TapeRegion("dlogits", TVariant.ManyToOne ? TapeRows.Batch : TapeRows.Steps, Stride),
            new TapeRegion("da", TapeRows.TwoBatches, Stride),
            new TapeRegion("db", TapeRows.TwoBatches, Stride),
            new TapeRegion("dframes", TapeRows.Steps, Stride),
            new TapeRegion("constants", TapeRows.One, 5),
        ],
        InputRegion: Frames,
        LogitRegion: TVariant.ManyToOne ? LastA : A,
        LogitRowOffset: TVariant.ManyToOne ? 0 : 1,
        LogitGradientRegion: LogitGradients,
        InputGradientRegion: FrameGradients);

    public NetworkMemory Memory { get; }

    public ParameterCollection Parameters => Memory.Parameters;

    public static Tape<FakeNetwork<TVariant>> CreateTape(int maxSteps, int batchSize) => new(maxSteps, batchSize);

    public void Forward(Tape<FakeNetwork<TVariant>> tape, SequenceBatch batch)
    {
        TapeMemory memory = tape.BeginForward(Memory, batch);
        int rows = memory.Batch;
        for (int row = 0; row < memory.Steps * rows; row++)
        {
            float* x = Region(memory, Frames) + row * 3;
            Step(Region(memory, A) + row * Stride, Region(memory, A) + (row + rows) * Stride, SizeOfA, Pinned.Pointer(ref memory.Mask)[row], 0.5f, 1, 1, x[0]);
            Step(Region(memory, B) + row * Stride, Region(memory, B) + (row + rows) * Stride, SizeOfB, Pinned.Pointer(ref memory.Mask)[row], 1, -1, 0, x[1]);
        }

        for (int b = 0; TVariant.ManyToOne && b < rows; b++)
        {
            float* last = Region(memory, A) + ((memory.LastSteps[b] + 1) * rows + b) * Stride;
            new Span<float>(last, SizeOfA).CopyTo(new Span<float>(Region(memory, LastA) + b * Stride, SizeOfA));
        }

        tape.EndForward();
    }

    public void Backward(Tape<FakeNetwork<TVariant>> tape, ReadOnlySpan<float> outputGradients) =>
        Backward(tape, tape.BeginBackward(Memory, outputGradients, ofLogits: false));

    public void BackwardFromLogits(Tape<FakeNetwork<TVariant>> tape, ReadOnlySpan<float> logitGradients) =>
        Backward(tape, tape.BeginBackward(Memory, logitGradients, ofLogits: true));

    /// <summary>Told by each thread that a tape calls with a pass.</summary>
    public Action<TapePass> OnPass { get; set; } = _ => { };

    public void Run(TapePass pass, TapeMemory tape, WorkShare share) => OnPass(pass);

    public void Dispose() => Memory.Dispose();

    private static float* Region(TapeMemory memory, int index) => Pinned.Pointer(ref memory.Region(index));

    // next = decay × previous + x × (first + unit × more), where the step is real.
    private static void Step(float* previous, float* next, int size, byte mask, float decay, float first, float more, float x)
    {
        for (int unit = 0; unit < size; unit++)
        {
            next[unit] = mask == 0 ? previous[unit] : decay * previous[unit] + x * (first + unit * more);
        }
    }

    private static void Backward(Tape<FakeNetwork<TVariant>> tape, TapeMemory memory)
    {
        int rows = memory.Batch;
        for (int t = memory.Steps - 1; t >= 0; t--)
        {
            for (int b = 0; b < rows; b++)
            {
                int row = t * rows + b;
                float* from = Region(memory, GradientOfA) + (((t + 1) & 1) * rows + b) * Stride;
                float* to = Region(memory, GradientOfA) + ((t & 1) * rows + b) * Stride;
                float* fromB = Region(memory, GradientOfB) + (((t + 1) & 1) * rows + b) * Stride;
                float* toB = Region(memory, GradientOfB) + ((t & 1) * rows + b) * Stride;
                float* dx = Region(memory, FrameGradients) + row * Stride;
                bool real = Pinned.Pointer(ref memory.Mask)[row] != 0;
                bool answers = TVariant.ManyToOne ? memory.LastSteps[b] == t : real;
                float* dlogits = Region(memory, LogitGradients) + (TVariant.ManyToOne ? b : row) * Stride;
                (dx[0], dx[1], dx[2], dx[3]) = (0, 0, 0, Garbage);
                for (int unit = 0; unit < SizeOfA; unit++)
                {
                    // Outside the if: a tape that leaves NaN at a masked row is found out.
                    float da = from[unit] + (unit < OutputSize && (answers || !TVariant.ManyToOne) ? dlogits[unit] : 0);
                    dx[0] += real ? da * (unit + 1) : 0;
                    to[unit] = real ? 0.5f * da : da;
                }

                for (int unit = 0; unit < SizeOfB; unit++)
                {
                    dx[1] -= real ? fromB[unit] : 0;
                    toB[unit] = fromB[unit];
                }
            }
        }

        memory.Gradients++;
        tape.EndBackward();
    }

    // Not what a tape is tested with.
    public static FakeNetwork<TVariant> Create(long seed) => throw new NotSupportedException();

    public static FakeNetwork<TVariant> Load(string path) => throw new NotSupportedException();

    public static FakeNetwork<TVariant> Load(Stream stream) => throw new NotSupportedException();

    public static FakeNetwork<TVariant> Load(ReadOnlySpan<byte> safetensors) => throw new NotSupportedException();

    public void Save(string path) => throw new NotSupportedException();

    public void Step(ReadOnlySpan<float> input, Span<float> output) => throw new NotSupportedException();

    public void Reset() => throw new NotSupportedException();

    public void CopyStateTo(Span<float> destination) => throw new NotSupportedException();

    public void SetState(ReadOnlySpan<float> source) => throw new NotSupportedException();

    public void Run(ReadOnlySpan<float> input, Span<float> output) => throw new NotSupportedException();

    public void Predict(ReadOnlySpan<float> input, Span<float> output) => throw new NotSupportedException();

    public string Summary() => throw new NotSupportedException();

    public void Run(SequenceBatch batch, Span<float> output) => throw new NotSupportedException();
}
