using RnnGen.Cli.CommandLine;
using RnnGen.Cli.Compilation;
using RnnGen.Formats;

namespace RnnGen.Cli.Verification;

/// <summary>Compares two descriptions on random inputs and on those that their files hold: in double precision, and as compiled networks.</summary>
internal static class ModelComparer
{
    private const int Sequences = 3, Steps = 24;

    /// <summary>The largest difference of each output, in double precision.</summary>
    /// <exception cref="RefusedException">Their inputs or outputs differ in shape, so nothing can be compared.</exception>
    public static IReadOnlyList<ModelDifference> Compare(ModelDescription one, ModelDescription other)
    {
        Expect("inputs", Inputs(one), Inputs(other));
        Expect("outputs", Outputs(one), Outputs(other));
        var (first, second) = (new ModelEvaluator(one), new ModelEvaluator(other));
        return Compare(one, other, input => first.Run(input.Input, input.Mask), input => second.Run(input.Input, input.Mask));
    }

    /// <summary>The same of the networks that an import of each would compile, in single precision.</summary>
    /// <exception cref="RefusedException">Their inputs or outputs differ in shape, so nothing can be compared.</exception>
    /// <exception cref="FormatException">One cannot be compiled.</exception>
    public static IReadOnlyList<ModelDifference> CompareCompiled(ModelDescription one, ModelDescription other)
    {
        Expect("inputs", Inputs(one), Inputs(other));
        Expect("outputs", Outputs(one), Outputs(other));
        using CompiledNetwork first = CompiledNetwork.Compile(one), second = CompiledNetwork.Compile(other);
        return Compare(one, other, input => Run(first, input), input => Run(second, input));
    }

    private static double[] Run(CompiledNetwork compiled, Recording input) => Array.ConvertAll(compiled.Network.Run(input.Input, input.Mask), value => (double)value);

    private static IReadOnlyList<ModelDifference> Compare(ModelDescription one, ModelDescription other, Func<Recording, double[]> first, Func<Recording, double[]> second)
    {
        ModelDifference[] differences = [.. one.Outputs.Select(output => new ModelDifference(output.Name, output.OutputSize, 0, "all inputs"))];
        foreach (Recording input in AllInputs(one, other))
        {
            double[] expected = first(input), actual = second(input);
            for (int at = 0, output = 0, end = differences[0].Size; at < expected.Length; at++)
            {
                int within = at % one.OutputSize;
                if (within == 0)
                    (output, end) = (0, differences[0].Size);
                if (within == end)
                    end += differences[++output].Size;
                double difference = Difference(expected[at], actual[at]);
                if (difference > differences[output].Largest)
                    differences[output] = differences[output] with { Largest = difference, Input = input.Name };
            }
        }

        return differences;
    }

    private static double Difference(double expected, double actual)
    {
        double difference = Math.Abs(expected - actual) / Math.Max(1, Math.Abs(expected));
        return double.IsNaN(difference) ? double.PositiveInfinity : difference;
    }

    private static IEnumerable<Recording> AllInputs(ModelDescription one, ModelDescription other) => Enumerable.Range(0, Sequences)
        .Select(seed => new Recording($"random input {seed + 1}", RandomInputs.Of(one, Steps, seed), []))
        .Concat(one.Recordings)
        .Concat(other.Recordings);

    private static string Inputs(ModelDescription model) => model.IsOneHot ? $"one of {model.InputSize} classes" : $"{model.InputSize} features";

    private static string Outputs(ModelDescription model) => $"{model.OutputSize} per {(model.IsPerSequence ? "sequence" : "step")}";

    private static void Expect(string what, string one, string other)
    {
        if (one != other)
            throw new RefusedException($"{what}: expected two models with the same, got {one} and {other}");
    }
}
