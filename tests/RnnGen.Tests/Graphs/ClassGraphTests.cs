using RnnGen.Tests.Numerics;
using RnnGen.Tests.Training;
using RnnGen.Training;

namespace RnnGen.Tests.Graphs;

/// <summary>A network of classes whose input several layers read.</summary>
[Trait("Category", "Numerics")]
public sealed class ClassGraphTests
{
    private const int Steps = 6;
    private const int Batch = 3;
    private const int Classes = ClassGraph.InputSize;

    private static readonly float[] Symbols = [.. Enumerable.Range(0, Steps * Batch).Select(row => (float)(row * row * 7 % Classes))];

    [Fact]
    public void Passes_are_those_of_one_hot_vectors()
    {
        using var network = new ClassGraph(seed: 1);
        SequenceBatch batch = SequenceBatch.FromTimeMajor(Symbols, Steps, Batch, 1);
        using Tape<ClassGraph> tape = ClassGraph.CreateTape(Steps, Batch);
        network.Forward(tape, batch);
        float[] outputGradients = [.. Numbers.Draw(3, tape.Outputs.Length).Select(value => value + 0.5f)];
        network.Backward(tape, outputGradients);
        ReferenceResult expected = ReferenceNetwork.Of(network).Run(
            batch, tape.InitialState, outputGradients, tape.FinalStateGradients);
        Closeness.Check("graphs", "outputs of classes", expected.Outputs, tape.Outputs, Closeness.Forward);
        foreach (Gradient gradient in tape.Gradients)
            Closeness.Check("graphs", gradient.Name, expected.Gradients[gradient.Name], gradient.ToArray(), Closeness.Gradient);

        float[] outputs = new float[tape.Outputs.Length];
        network.Run(batch, outputs);
        Numbers.AssertSameBits(tape.Outputs, outputs);
        float[] output = new float[ClassGraph.OutputSize];
        for (int step = 0; step < Steps; step++)
        {
            network.Step((int)Symbols[step * Batch], output);
            Numbers.AssertSameBits(tape.Outputs.Slice(step * Batch * output.Length, output.Length), output);
        }
    }
}
