using RnnGen.Tests.Training;
using RnnGen.Training;

namespace RnnGen.Tests.Numerics;

/// <summary>What a generated network refuses, with what words, and that refusing changes nothing.</summary>
[Trait("Category", "Numerics")]
public sealed class BadInputTests
{
    private const int In = LstmClassifier.InputSize;
    private const int Out = LstmClassifier.OutputSize;

    private static readonly Dictionary<string, Action<LstmClassifier>> WrongLengths = new()
    {
        ["input: expected 17 values (InputSize), got 16"] = network => network.Step(new float[In - 1], new float[Out]),
        ["input: expected 17 values (InputSize), got 0"] = network => network.Step([], new float[Out]),
        ["output: expected 10 values (OutputSize), got 11"] = network => network.Step(new float[In], new float[Out + 1]),
        ["input: expected 17 values (InputSize), got 34"] = network => Stream(network, 2 * In, Out, StepStream),
        ["output: expected 10 values (OutputSize), got 9"] = network => Stream(network, In, Out - 1, StepStream),
        ["input: expected a positive multiple of 17 values (InputSize), got 0"] = network => network.Run([], new float[Out]),
        ["input: expected a positive multiple of 17 values (InputSize), got 35"] = network => network.Run(new float[2 * In + 1], new float[Out]),
        ["output: expected 10 values (OutputSize), got 20"] = network => network.Run(new float[2 * In], new float[2 * Out]),
        ["input: expected a positive multiple of 17 values (InputSize), got 18"] = network => Stream(network, In + 1, Out, RunStream),
        ["output: expected 10 values (OutputSize), got 0"] = network => Stream(network, In, 0, RunStream),
        ["output: expected 30 values (B × OutputSize), got 29"] = network => network.Run(Frames(2, 3, In), new float[3 * Out - 1]),
        ["batch: expected 17 features (InputSize), got 18"] = network => network.Run(Frames(2, 3, In + 1), new float[3 * Out]),
        ["destination: expected 200 values"] = network => network.CopyStateTo(new float[LstmClassifier.StateSize - 1]),
        ["source: expected 200 values"] = network => network.SetState(new float[LstmClassifier.StateSize + 1]),
        ["source: expected 400 values"] = network => network.Parameters["lstm0.bias_ih"].Set(new float[399]),
    };

    private static readonly Dictionary<string, Action<LstmClassifier>> Uses = new()
    {
        ["Step"] = network => network.Step(new float[In], new float[Out]),
        ["Step of a stream"] = network => Stream(network, In, Out, StepStream),
        ["Run"] = network => network.Run(new float[In], new float[Out]),
        ["Run of a stream"] = network => Stream(network, In, Out, RunStream),
        ["Run of a batch"] = network => network.Run(Frames(2, 3, In), new float[3 * Out]),
        ["Reset"] = network => network.Reset(),
        ["State"] = network => _ = network.CurrentState,
        ["State, set"] = network => network.CurrentState = default,
        ["CopyStateTo"] = network => network.CopyStateTo(new float[LstmClassifier.StateSize]),
        ["SetState"] = network => network.SetState(new float[LstmClassifier.StateSize]),
        ["Parameters"] = network => _ = network.Parameters["dense2.bias"].ToArray(),
        ["Save"] = network => network.Save(new MemoryStream()),
        ["Update"] = network =>
        {
            using var trainer = new Trainer<LstmClassifier>(network, new TrainerOptions { Optimizer = new Sgd(1), Loss = Loss.CrossEntropy });
            trainer.Update(Frames(2, 3, In), [0, 0, 0]);
        },
    };

    private delegate void StreamUse(LstmClassifier network, ref LstmClassifier.State state, float[] input, float[] output);

    public static TheoryData<string> Messages => [.. WrongLengths.Keys];

    public static TheoryData<string> UsesAfterDispose => [.. Uses.Keys];

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_wrong_length_is_refused_and_changes_nothing(string message)
    {
        using LstmClassifier network = new(1);
        network.SetState(Numbers.Draw(1, LstmClassifier.StateSize));
        float[] weights = [.. network.Parameters.SelectMany(parameter => parameter.ToArray())];
        AssertRefused(message, () => WrongLengths[message](network));
        float[] state = new float[LstmClassifier.StateSize];
        network.CopyStateTo(state);
        Numbers.AssertSameBits(Numbers.Draw(1, LstmClassifier.StateSize), state);
        Numbers.AssertSameBits(weights, [.. network.Parameters.SelectMany(parameter => parameter.ToArray())]);
    }

    [Fact]
    public void A_sequence_of_answers_has_a_length_of_its_own()
    {
        using TwoKinds network = new(1);
        float[] frames = new float[4 * TwoKinds.InputSize];
        AssertRefused("output: expected 12 values (T × OutputSize), got 3", () => network.Run(frames, new float[3]));
        SequenceBatch batch = Frames(2, 3, TwoKinds.InputSize);
        AssertRefused("output: expected 18 values (T × B × OutputSize), got 9", () => network.Run(batch, new float[9]));
    }

    [Fact]
    public void Nothing_is_refused_by_its_name()
    {
        using LstmClassifier network = new(1);
        using Tape<LstmClassifier> tape = LstmClassifier.CreateTape(2, 3);
        Assert.Throws<ArgumentNullException>("batch", () => network.Run((SequenceBatch)null!, new float[Out]));
        Assert.Throws<ArgumentNullException>("tape", () => network.Forward(null!, Frames(2, 3, In)));
        Assert.Throws<ArgumentNullException>("batch", () => network.Forward(tape, null!));
        Assert.Throws<ArgumentNullException>("tape", () => network.Backward(null!, new float[Out]));
        Assert.Throws<ArgumentNullException>("tape", () => network.BackwardFromLogits(null!, new float[Out]));
    }

    [Fact]
    public void A_tape_takes_what_fits_and_goes_back_only_after_going_forward()
    {
        using LstmClassifier network = new(1);
        using Tape<LstmClassifier> tape = LstmClassifier.CreateTape(2, 3);
        Assert.Contains("no forward pass", Assert.Throws<InvalidOperationException>(() => network.Backward(tape, new float[3 * Out])).Message);
        AssertRefused("batch: expected at most 2 steps", () => network.Forward(tape, Frames(3, 3, In)));
        AssertRefused("batch: expected at most 3 sequences", () => network.Forward(tape, Frames(2, 4, In)));
        AssertRefused("batch: expected 17 features", () => network.Forward(tape, Frames(2, 3, In - 1)));
        network.Forward(tape, Frames(2, 3, In));
        AssertRefused("outputGradients: expected 30 values", () => network.Backward(tape, new float[Out]));
        AssertRefused("logitGradients: expected 30 values", () => network.BackwardFromLogits(tape, new float[6 * Out]));
        Assert.Equal(0, tape.PackedGradients.IndexOfAnyExcept(0f) + 1);
        using LstmClassifier other = new(1);
        Assert.Contains("another network", Assert.Throws<InvalidOperationException>(() => other.Backward(tape, new float[3 * Out])).Message);
    }

    [Theory]
    [MemberData(nameof(UsesAfterDispose))]
    public void A_disposed_network_says_so(string use)
    {
        LstmClassifier network = new(1);
        Uses[use](network);
        network.Dispose();
        network.Dispose();
        Assert.Contains("LstmClassifier", Assert.Throws<ObjectDisposedException>(() => Uses[use](network)).Message);
    }

    [Fact]
    public void A_disposed_tape_says_so()
    {
        using LstmClassifier network = new(1);
        Tape<LstmClassifier> tape = LstmClassifier.CreateTape(2, 3);
        network.Forward(tape, Frames(2, 3, In));
        tape.Dispose();
        Assert.Throws<ObjectDisposedException>(() => network.Forward(tape, Frames(2, 3, In)));
        Assert.Throws<ObjectDisposedException>(() => network.Backward(tape, new float[3 * Out]));
    }

    [Fact]
    public void Another_network_s_file_is_refused_by_the_tensor_that_does_not_fit()
    {
        using var file = new MemoryStream();
        using (GruWithLinearHead network = new(1))
            network.Save(file);
        Assert.Contains("lstm0.weight_ih", Assert.Throws<FormatException>(() => LstmClassifier.Load(file.ToArray())).Message);
        file.SetLength(0);
        using (Lstm16x16 network = new(1))
            network.Save(file);
        string message = Assert.Throws<FormatException>(() => LstmOfOneInput.Load(file.ToArray())).Message;
        Assert.Contains("lstm0.weight_ih", message);
        Assert.Contains("expected shape [28, 1], got [64, 16]", message);
    }

    [Theory]
    [InlineData(1e30f)]
    [InlineData(-1e30f)]
    public void Huge_frames_saturate_the_gates(float value)
    {
        using LstmClassifier network = new(1);
        float[] frame = new float[In];
        frame.AsSpan().Fill(value);
        float[] output = new float[Out];
        for (int step = 0; step < 5; step++)
            network.Step(frame, output);
        Assert.All(output, probability => Assert.InRange(probability, 0, 1));
        Assert.Equal(1, output.Sum(), 1e-6f);
    }

    [Fact]
    public void A_gradient_of_NaN_at_a_masked_step_does_not_matter()
    {
        using TwoKinds network = new(1);
        SequenceBatch batch = Batches.Draw(1, 6, 5, TwoKinds.InputSize, MaskShape.Gaps);
        float[] gradients = Numbers.Draw(1, 6 * 5 * TwoKinds.OutputSize);
        using Tape<TwoKinds> expected = TwoKinds.CreateTape(6, 5);
        network.Forward(expected, batch);
        network.Backward(expected, gradients);
        for (int i = 0; i < gradients.Length; i++)
            gradients[i] = batch.Mask[i / TwoKinds.OutputSize] == 0 ? float.NaN : gradients[i];
        using Tape<TwoKinds> actual = TwoKinds.CreateTape(6, 5);
        network.Forward(actual, batch);
        network.Backward(actual, gradients);
        Numbers.AssertSameBits(expected.PackedGradients, actual.PackedGradients);
        Numbers.AssertSameBits(expected.InputGradients, actual.InputGradients);
        Numbers.AssertSameBits(expected.InitialStateGradients, actual.InitialStateGradients);
    }

    /// <summary>The message starts with the argument's name, which the exception has too.</summary>
    private static void AssertRefused(string message, Action use) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(message[..message.IndexOf(':')], use).Message);

    private static SequenceBatch Frames(int steps, int batchSize, int features) =>
        SequenceBatch.FromTimeMajor(Numbers.Draw(1, steps * batchSize * features), steps, batchSize, features);

    private static void StepStream(LstmClassifier network, ref LstmClassifier.State state, float[] input, float[] output) =>
        network.Step(ref state, input, output);

    private static void RunStream(LstmClassifier network, ref LstmClassifier.State state, float[] input, float[] output) =>
        network.Run(ref state, input, output);

    private static void Stream(LstmClassifier network, int input, int output, StreamUse use)
    {
        LstmClassifier.State state = default;
        use(network, ref state, new float[input], new float[output]);
    }
}
