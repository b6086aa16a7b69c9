using RnnGen.Tests.Training;

namespace RnnGen.Tests.Surface;

public sealed class ClassLstmTests : ClassTests<SymbolNetwork, VectorLstm>
{
    protected override void Step(SymbolNetwork network, int symbol, Span<float> output) => network.Step(symbol, output);

    protected override void Run(SymbolNetwork network, ReadOnlySpan<int> symbols, Span<float> output) => network.Run(symbols, output);

    [Fact]
    public void Streams_of_classes_are_those_of_one()
    {
        using var network = new SymbolNetwork(seed: 1);
        const int Count = 17;
        var together = new SymbolNetwork.State[Count];
        var alone = new SymbolNetwork.State[Count];
        float[] outputs = new float[Count * SymbolNetwork.OutputSize];
        for (int step = 0; step < 5; step++)
        {
            int[] symbols = [.. Enumerable.Range(step, Count).Select(symbol => symbol * symbol % SymbolNetwork.InputSize)];
            float[] expected = new float[outputs.Length];
            for (int stream = 0; stream < Count; stream++)
                network.Step(ref alone[stream], symbols[stream], expected.AsSpan(stream * SymbolNetwork.OutputSize, SymbolNetwork.OutputSize));
            network.Step(together, symbols, outputs);
            Numbers.AssertSameBits(expected, outputs);
            Assert.Equal(alone, together);
        }

        int[] wrong = new int[Count];
        wrong[16] = SymbolNetwork.InputSize;
        Assert.Contains("at index 16", Assert.Throws<ArgumentOutOfRangeException>("input", () => network.Step(together, wrong, outputs)).Message);
        Assert.Equal(alone, together);
    }
}

public sealed class ClassGruTests : ClassTests<ClassGru, VectorGru>
{
    protected override void Step(ClassGru network, int symbol, Span<float> output) => network.Step(symbol, output);

    protected override void Run(ClassGru network, ReadOnlySpan<int> symbols, Span<float> output) => network.Run(symbols, output);
}

public sealed class ClassDenseTests : ClassTests<ClassDense, VectorDense>
{
    protected override void Step(ClassDense network, int symbol, Span<float> output) => network.Step(symbol, output);

    protected override void Run(ClassDense network, ReadOnlySpan<int> symbols, Span<float> output) => network.Run(symbols, output);
}

public sealed class ClassEmbeddingTests : ClassTests<ClassEmbedding, VectorEmbedding>
{
    protected override void Step(ClassEmbedding network, int symbol, Span<float> output) => network.Step(symbol, output);

    protected override void Run(ClassEmbedding network, ReadOnlySpan<int> symbols, Span<float> output) => network.Run(symbols, output);

    /// <summary>A class's vector is a row of the embedding, and a column of the dense layer.</summary>
    protected override (string Name, float[] Values) Translate(string name, IReadOnlyList<int> shape, float[] values)
    {
        if (name != "embedding0.weight")
            return (name, values);
        (int classes, int units) = (shape[0], shape[1]);
        return ("dense0.weight", [.. Enumerable.Range(0, values.Length).Select(i => values[i % classes * units + i / classes])]);
    }

    [Fact]
    public void A_row_of_the_embedding_is_the_vector_of_a_class()
    {
        using var network = new ClassEmbedding(seed: 1);
        Parameter weight = network.Parameters["embedding0.weight"];
        Assert.Equal([7, 5], weight.Shape);

        // The class with a row of its own, and another: only its answer changes.
        float[] values = weight.ToArray();
        float[][] before = [Answer(network, 2), Answer(network, 3)];
        values.AsSpan(3 * 5, 5).Fill(2);
        weight.Set(values);
        Numbers.AssertSameBits(before[0], Answer(network, 2));
        float[] input = network.Parameters["rnn1.weight_ih"].ToArray();
        float[] biases = [.. network.Parameters["rnn1.bias_ih"].ToArray().Zip(network.Parameters["rnn1.bias_hh"].ToArray(), (a, b) => a + b)];
        double[] expected = [.. input.Chunk(5).Select((row, unit) => Math.Tanh(2 * row.Sum(value => (double)value) + biases[unit]))];
        Numbers.AssertNear(expected, Answer(network, 3), 2e-6);
        Assert.NotEqual(before[1], Answer(network, 3));
    }

    private static float[] Answer(ClassEmbedding network, int symbol)
    {
        float[] output = new float[ClassEmbedding.OutputSize];
        network.Reset();
        network.Step(symbol, output);
        return output;
    }
}
