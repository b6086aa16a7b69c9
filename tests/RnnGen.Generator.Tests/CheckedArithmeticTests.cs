using RnnGen.Generator.Tests.Infrastructure;
using RnnGen.Tests;
using RnnGen.Tests.Training;

namespace RnnGen.Generator.Tests;

/// <summary>A project whose arithmetic is checked has the same networks: generated code relies on no overflow.</summary>
public sealed class CheckedArithmeticTests
{
    private const int Steps = 7, Sequences = 3;

    private static readonly int[] Lengths = [7, 3, 5];

    [SkippableTheory]
    [InlineData("5", "Conv1D(6, 3, Dilation = 2)] [Gru(20, Direction = Direction.Bidirectional)] [Dropout(0.3f)] [Lstm(9, Peephole = true)] [Dense(4, Activation.Softmax)")]
    [InlineData("5", "Lstm(40)] [Rnn(33, LayerNorm = true)")]
    [InlineData("5, Precision = Precision.Int8", "Gru(40, Reset = ResetGate.BeforeProduct)] [MeanPool")]
    [InlineData("OneHot = 5, Deterministic = true", "Gru(17, LearnedState = true)] [LastStep] [Dense(3)")]
    public void Results_have_the_same_bits(string input, string layers)
    {
        Skip.IfNot(SlowTests.Run || !layers.StartsWith("Lstm(40)", StringComparison.Ordinal), SlowTests.WhyNot);
        string source = $"using RnnGen;\n[Network({input})] [{layers}] public sealed partial class Net;";
        var (unchecked_, checked_) = (Network(source, false), Network(source, true));
        bool classes = input.StartsWith("OneHot", StringComparison.Ordinal);
        int features = classes ? 1 : 5;
        float[] frames = Numbers.Draw(1, Steps * Sequences * features);
        if (classes)
            frames = [.. frames.Select(value => MathF.Floor((value + 1) * 2.5f))];
        var batch = SequenceBatch.FromTimeMajor(frames, Steps, Sequences, features, Lengths);

        float[] outputs = unchecked_.Run(batch);
        Numbers.AssertSameBits(outputs, checked_.Run(batch));
        Numbers.AssertSameBits(unchecked_.Run([], frames), checked_.Run([], frames));
        float[] gradients = Numbers.Draw(2, outputs.Length);
        var (expected, got) = (unchecked_.Train(batch, [], gradients, []), checked_.Train(batch, [], gradients, []));
        Numbers.AssertSameBits(expected.Outputs, got.Outputs);
        Numbers.AssertSameBits(expected.InputGradients, got.InputGradients);
        foreach (var (name, values) in expected.Gradients)
            Numbers.AssertSameBits(values, got.Gradients[name]);
    }

    private static IGeneratedNetwork Network(string source, bool isChecked) =>
        IGeneratedNetwork.LoadAll(GeneratorRun.Generate(new GeneratorSetup { CheckOverflow = isChecked }, source))["Net"];
}
