using RnnGen.Tests.Memory;
using RnnGen.Tests.Numerics;
using RnnGen.Tests.Training;
using RnnGen.Training;

namespace RnnGen.Tests.Surface;

/// <summary>A network whose steps are classes computes what one of the same weights makes of one-hot vectors.</summary>
[Trait("Category", "Numerics")]
public abstract class ClassTests<TClasses, TVectors>
    where TClasses : class, INetwork<TClasses>
    where TVectors : class, INetwork<TVectors>
{
    private static readonly int Classes = TClasses.InputSize;

    private static bool ManyToOne => TClasses.Layout.ManyToOne;

    protected abstract void Step(TClasses network, int symbol, Span<float> output);

    protected abstract void Run(TClasses network, ReadOnlySpan<int> symbols, Span<float> output);

    /// <summary>The name and the values of the other network's parameter.</summary>
    protected virtual (string Name, float[] Values) Translate(string name, IReadOnlyList<int> shape, float[] values) => (name, values);

    [Fact]
    public void Steps_and_runs_are_those_of_one_hot_vectors()
    {
        using TClasses classes = TClasses.Create(1);
        using TVectors vectors = SameWeights(classes);
        int[] symbols = Symbols(2, 9);
        float[] vectorFrames = OneHot.Encode(symbols, Classes);
        float[][] stepped = [.. symbols.Select((symbol, step) =>
        {
            float[] expected = new float[TVectors.OutputSize];
            vectors.Step(vectorFrames.AsSpan(step * Classes, Classes), expected);
            float[] actual = new float[expected.Length];
            Step(classes, symbol, actual);
            Forward("step", expected, actual);
            return actual;
        })];
        Forward("state", StateOf(vectors), StateOf(classes));
        float[] last = StateOf(classes);

        // Every other entry point gives the bits of the steps.
        float[] answers = ManyToOne ? stepped[^1] : [.. stepped.SelectMany(row => row)];
        classes.Reset();
        float[] outputs = new float[answers.Length];
        Run(classes, symbols, outputs);
        Numbers.AssertSameBits(answers, outputs);
        Numbers.AssertSameBits(last, StateOf(classes));
        classes.Reset();
        float[] floats = [.. symbols.Select(symbol => (float)symbol)];
        classes.Run(floats, outputs);
        Numbers.AssertSameBits(answers, outputs);
        classes.Reset();
        for (int step = 0; step < symbols.Length; step++)
        {
            classes.Step(floats.AsSpan(step, 1), outputs.AsSpan(0, TClasses.OutputSize));
            Numbers.AssertSameBits(stepped[step], outputs.AsSpan(0, TClasses.OutputSize));
        }
    }

    [Theory]
    [InlineData(1, MaskShape.None)]
    [InlineData(5, MaskShape.Gaps)]
    [InlineData(19, MaskShape.Trailing)]
    public void Batches_and_gradients_are_those_of_one_hot_vectors(int batchSize, MaskShape shape)
    {
        const int Steps = 6;
        using TClasses classes = TClasses.Create(3);
        using TVectors vectors = SameWeights(classes);
        byte[] mask = Batches.Draw(batchSize, Steps, batchSize, 1, shape).Mask.ToArray();
        int[] symbols = Symbols(4, Steps * batchSize);
        SequenceBatch vectorBatch = SequenceBatch.FromTimeMajor(OneHot.Encode(symbols, Classes), Steps, batchSize, Classes, mask);
        for (int row = 0; row < mask.Length; row++)
            symbols[row] = mask[row] == 0 ? -1 : symbols[row]; // no class: what is there must not matter
        SequenceBatch batch = SequenceBatch.FromTimeMajor(symbols, Steps, batchSize, mask);
        using Tape<TClasses> tape = TClasses.CreateTape(Steps, batchSize);
        using Tape<TVectors> expected = TVectors.CreateTape(Steps, batchSize);
        classes.Forward(tape, batch);
        vectors.Forward(expected, vectorBatch);
        Forward("outputs", expected.Outputs, tape.Outputs);
        float[] outputs = new float[tape.Outputs.Length];
        classes.Run(batch, outputs);
        Numbers.AssertSameBits(tape.Outputs, outputs);

        float[] outputGradients = [.. Numbers.Draw(5, outputs.Length).Select(value => value + 0.5f)];
        classes.Backward(tape, outputGradients);
        vectors.Backward(expected, outputGradients);
        Assert.Equal(0, tape.InputGradients.Length);
        Backward("initial states", expected.InitialStateGradients, tape.InitialStateGradients);
        Assert.Equal(tape.Gradients.Count, expected.Gradients.Count);
        foreach (Gradient gradient in tape.Gradients)
        {
            (string name, float[] values) = Translate(gradient.Name, gradient.Shape, gradient.ToArray());
            Backward(name, expected.Gradients[name].ToArray(), values);
        }
    }

    [Fact]
    public void What_is_no_class_is_refused_before_anything_changes()
    {
        using TClasses network = TClasses.Create(1);
        float[] state = Numbers.Draw(1, TClasses.StateSize);
        network.SetState(state);
        float[] one = Numbers.Draw(2, TClasses.OutputSize);
        float[] before = [.. one];
        string range = $"expected a class from 0 to {Classes - 1}, got";
        foreach (int symbol in new[] { -1, Classes, int.MaxValue, int.MinValue })
        {
            Assert.Contains(range, Refused("input", () => Step(network, symbol, one)), StringComparison.Ordinal);
            float[] outputs = new float[(ManyToOne ? 1 : 3) * TClasses.OutputSize];
            Assert.Contains("at index 2", Refused("input", () => Run(network, [0, 1, symbol], outputs)), StringComparison.Ordinal);
            Assert.Equal(new float[outputs.Length], outputs);
        }

        using Tape<TClasses> tape = TClasses.CreateTape(3, 1);
        foreach (float frame in new[] { float.NaN, 0.5f, -1, Classes, float.PositiveInfinity })
        {
            float[] frames = [0, frame, 1];
            float[] outputs = new float[(ManyToOne ? 1 : 3) * TClasses.OutputSize];
            SequenceBatch batch = SequenceBatch.FromTimeMajor(frames, 3, 1, 1);
            Assert.Contains(range, Refused("input", () => network.Step([frame], one)), StringComparison.Ordinal);
            Assert.Contains("at index 1", Refused("input", () => network.Run(frames, outputs)), StringComparison.Ordinal);
            Assert.Contains("at index 1", Refused("batch", () => network.Run(batch, outputs)), StringComparison.Ordinal);
            Assert.Contains("at index 1", Refused("batch", () => network.Forward(tape, batch)), StringComparison.Ordinal);
            Assert.Equal(new float[outputs.Length], outputs);
        }

        SequenceBatch wide = SequenceBatch.FromTimeMajor(new float[2 * Classes], 2, 1, Classes);
        string features = Assert.Throws<ArgumentException>("batch", () => network.Run(wide, new float[2 * TClasses.OutputSize])).Message;
        Assert.StartsWith($"batch: expected 1 features (one class per time step), got {Classes}", features);
        Assert.Throws<ArgumentException>("input", () => network.Step(new float[Classes], one));
        Numbers.AssertSameBits(before, one);
        Numbers.AssertSameBits(state, StateOf(network));
    }

    [Fact]
    public void Both_directions_learn_what_they_learn_from_vectors()
    {
        using var classes = new LearningClassBothWays(seed: 1);
        using var vectors = new LearningVectorBothWays(seed: 1);
        int[] sequence = [2, 0, 3, 3, 1];
        float[] frames = new float[sequence.Length * 4];
        for (int step = 0; step < sequence.Length; step++)
            frames[step * 4 + sequence[step]] = 1;
        using Tape<LearningClassBothWays> classTape = LearningClassBothWays.CreateTape(5, 1);
        using Tape<LearningVectorBothWays> vectorTape = LearningVectorBothWays.CreateTape(5, 1);
        float[] gradients = Numbers.Draw(1, 8);
        classes.Forward(classTape, SequenceBatch.Pad([sequence], Padding.Trailing));
        classes.Backward(classTape, gradients);
        vectors.Forward(vectorTape, SequenceBatch.FromTimeMajor(frames, 5, 1, 4));
        vectors.Backward(vectorTape, gradients);
        Assert.All(vectorTape.Gradients, expected =>
            Numbers.AssertNear([.. expected.ToArray().Select(value => (double)value)], classTape.Gradients[expected.Name].ToArray(), Closeness.Gradient));
    }

    [Fact]
    public void Outputs_over_classes_to_come_are_refused()
    {
        using var network = new ClassRnn(seed: 1);
        float[] buffer = [1, 2, 3, .. new float[9]];
        Assert.Throws<ArgumentException>(() => Run(network, buffer));

        static void Run<TNetwork>(TNetwork network, float[] buffer)
            where TNetwork : class, INetwork<TNetwork> => network.Run(buffer.AsSpan(0, 3), buffer);
    }

    [Fact]
    public void Classes_allocate_nothing()
    {
        using TClasses network = TClasses.Create(1);
        int[] symbols = Symbols(1, 100);
        float[] outputs = new float[(ManyToOne ? 1 : 100) * TClasses.OutputSize];
        float[] one = new float[TClasses.OutputSize];
        AllocatedBytes.AssertNone(() =>
        {
            Step(network, 1, one);
            Run(network, symbols, outputs);
        });
    }

    [Fact]
    public void A_saved_network_comes_back()
    {
        using TClasses network = TClasses.Create(9);
        using var file = new MemoryStream();
        network.Memory.Save(file);
        using TClasses loaded = TClasses.Load(file.ToArray());
        foreach (Parameter parameter in network.Parameters)
            Numbers.AssertSameBits(parameter.ToArray(), loaded.Parameters[parameter.Name].ToArray());
        float[] expected = new float[TClasses.OutputSize];
        float[] actual = new float[TClasses.OutputSize];
        Step(network, Classes - 1, expected);
        Step(loaded, Classes - 1, actual);
        Numbers.AssertSameBits(expected, actual);
    }

    private TVectors SameWeights(TClasses network)
    {
        TVectors other = TVectors.Create(77);
        Assert.Equal(network.Parameters.Count, other.Parameters.Count);
        foreach (Parameter parameter in network.Parameters)
        {
            (string name, float[] values) = Translate(parameter.Name, parameter.Shape, parameter.ToArray());
            other.Parameters[name].Set(values);
        }

        return other;
    }

    private static int[] Symbols(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(Classes))];
    }

    private static float[] StateOf<TNetwork>(TNetwork network)
        where TNetwork : class, INetwork<TNetwork>
    {
        float[] state = new float[TNetwork.StateSize];
        network.CopyStateTo(state);
        return state;
    }

    private static string Refused(string argument, Action use) => Assert.Throws<ArgumentOutOfRangeException>(argument, use).Message;

    private static void Forward(string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
        Closeness.Check("classes, forward", $"{typeof(TClasses).Name} {what}", expected, actual, Closeness.Forward);

    private static void Backward(string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
        Closeness.Check("classes, gradients", $"{typeof(TClasses).Name} {what}", expected, actual, Closeness.Gradient);
}
