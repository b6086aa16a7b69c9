using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using RnnGen.Formats.Onnx.Writing;

namespace RnnGen.Formats.Tests;

/// <summary>What is written as ONNX gives ONNX Runtime's outputs as the evaluator's, for every layer and option: as one piece, and in pieces through the states.</summary>
public sealed class OnnxWriterTests
{
    private const int Steps = 9, Batch = 2;

    /// <summary>ONNX Runtime's own rounding in single precision, through three layers.</summary>
    private const double Tolerance = 3e-6;

    public static TheoryData<string> Cases => LayerCases.Names;

    [Theory]
    [MemberData(nameof(Cases))]
    public void ONNX_Runtime_computes_the_same(string name)
    {
        ModelDescription model = LayerCases.Get(name);
        using InferenceSession session = Session(model);
        float[][] sequences = [.. Enumerable.Range(0, Batch).Select(sequence => Cli.Verification.RandomInputs.Of(model, Steps, sequence))];
        Dictionary<string, float[]> whole = Run(session, model, sequences, States(session));
        foreach (ModelLayer output in model.Outputs)
            for (int sequence = 0; sequence < Batch; sequence++)
                AssertNear(Expected(model, output, sequences[sequence]), OfSequence(whole[Name(model, output)], sequence, output.OutputSize));
    }

    /// <summary>The compiled network is as near to ONNX Runtime as four times ONNX Runtime's own distance from double precision, or two units in the last place.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void The_compiled_network_agrees_within_four_times_its_own_distance(string name)
    {
        ModelDescription model = LayerCases.Get(name);
        using InferenceSession session = Session(model);
        float[][] sequences = [.. Enumerable.Range(0, Batch).Select(sequence => Cli.Verification.RandomInputs.Of(model, Steps, sequence))];
        Dictionary<string, float[]> whole = Run(session, model, sequences, States(session));
        using Cli.Compilation.CompiledNetwork compiled = Compilations.Of(model);
        double own = 0, apart = 0, magnitude = 1;
        for (int sequence = 0; sequence < Batch; sequence++)
        {
            float[] ours = compiled.Network.Run(sequences[sequence]);
            int offset = 0;
            foreach (ModelLayer output in model.Outputs)
            {
                double[] expected = Expected(model, output, sequences[sequence]);
                float[] theirs = OfSequence(whole[Name(model, output)], sequence, output.OutputSize);
                for (int at = 0; at < theirs.Length; at++)
                {
                    own = Math.Max(own, Math.Abs(theirs[at] - expected[at]));
                    apart = Math.Max(apart, Math.Abs((double)theirs[at] - ours[(at / output.OutputSize * model.OutputSize) + offset + (at % output.OutputSize)]));
                    magnitude = Math.Max(magnitude, Math.Abs(expected[at]));
                }

                offset += output.OutputSize;
            }
        }

        Assert.True(apart <= Math.Max(4 * own, 2 * magnitude * 1.2e-7), $"{apart:G3} apart, ONNX Runtime is {own:G3} from double precision");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_sequence_may_come_in_pieces(string name)
    {
        ModelDescription model = LayerCases.Get(name);
        if (model.IsPerSequence || model.Layers.Any(layer => layer.Attribute is RecurrentLayerAttribute { Direction: not Direction.Forward } or RecurrentLayerAttribute { LearnedState: true } or Conv1DAttribute { Padding: ConvPadding.Same }))
            return; // what sees later steps, and what begins with learned states, comes as a whole
        using InferenceSession session = Session(model);
        float[][] sequences = [.. Enumerable.Range(0, Batch).Select(sequence => Cli.Verification.RandomInputs.Of(model, Steps, sequence))];
        Dictionary<string, float[]> whole = Run(session, model, sequences, States(session));
        int frame = sequences[0].Length / Steps, cut = 4;
        Dictionary<string, float[]> first = Run(session, model, [.. sequences.Select(sequence => sequence[..(cut * frame)])], States(session));
        Dictionary<string, float[]> second = Run(
            session, model, [.. sequences.Select(sequence => sequence[(cut * frame)..])],
            session.InputMetadata.Keys.Where(input => input != "input").ToDictionary(input => input, input => first[input + "_next"]));
        foreach (ModelLayer output in model.Outputs)
            AssertNear(Array.ConvertAll(whole[Name(model, output)], value => (double)value), [.. first[Name(model, output)], .. second[Name(model, output)]]);
    }

    [Fact]
    public void A_cell_of_a_user_s_is_refused_by_name()
    {
        var builder = new ModelBuilder("a test", 2);
        builder.Add(new OwnAttribute(3), null, ("weight_ih", new float[6]));
        var refusal = Assert.Throws<UnsupportedLayerException>(() => new OnnxWriter().Write(builder.Build(), Stream.Null));
        Assert.Equal("Own \"own0\": it is a user-defined cell, and ONNX has no operator for it", refusal.Message);
    }

    private static InferenceSession Session(ModelDescription model)
    {
        using var file = new MemoryStream();
        new OnnxWriter().Write(model, file);
        using var options = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        return new InferenceSession(file.ToArray(), options);
    }

    private static string Name(ModelDescription model, ModelLayer output) => model.Outputs.Count == 1 ? "output" : output.Name;

    private static Dictionary<string, float[]> States(InferenceSession session) => session.InputMetadata.Where(input => input.Key != "input")
        .ToDictionary(input => input.Key, input => new float[input.Value.Dimensions.Aggregate(1, (count, size) => count * (size < 0 ? Batch : size))]);

    private static Dictionary<string, float[]> Run(InferenceSession session, ModelDescription model, float[][] sequences, Dictionary<string, float[]> states)
    {
        int frame = model.IsOneHot ? 1 : model.InputSize, steps = sequences[0].Length / frame;
        float[] data = [.. Enumerable.Range(0, steps).SelectMany(step => sequences.SelectMany(sequence => sequence[(step * frame)..((step + 1) * frame)]))];
        List<NamedOnnxValue> inputs =
        [
            model.IsOneHot
                ? NamedOnnxValue.CreateFromTensor("input", new DenseTensor<long>(Array.ConvertAll(data, value => (long)value), [steps, Batch]))
                : NamedOnnxValue.CreateFromTensor("input", new DenseTensor<float>(data, [steps, Batch, frame])),
            .. states.Select(state => NamedOnnxValue.CreateFromTensor(
                state.Key, new DenseTensor<float>(state.Value, [.. session.InputMetadata[state.Key].Dimensions.Select(size => size < 0 ? Batch : size)]))),
        ];
        using var outputs = session.Run(inputs);
        return outputs.ToDictionary(output => output.Name, output => output.AsTensor<float>().ToArray());
    }

    /// <summary>The values of one layer, by a description whose only output it is.</summary>
    private static double[] Expected(ModelDescription model, ModelLayer output, float[] sequence)
    {
        double[] all = new ModelEvaluator(model).Run(sequence);
        int offset = model.Outputs.TakeWhile(other => !ReferenceEquals(other, output)).Sum(other => other.OutputSize);
        return [.. all.Where((_, at) => at % model.OutputSize >= offset && at % model.OutputSize < offset + output.OutputSize)];
    }

    private static float[] OfSequence(float[] values, int sequence, int size) => [.. values.Chunk(size).Where((_, row) => row % Batch == sequence).SelectMany(row => row)];

    private static void AssertNear(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int at = 0; at < expected.Length; at++)
            Assert.Equal(expected[at], actual[at], Tolerance * Math.Max(1, Math.Abs(expected[at])));
    }

    private sealed class OwnAttribute(int units) : CellAttribute(units)
    {
        protected override void Define(Vector x) => Next(State("h"), Equations.Tanh(InputGate("n", x)));
    }
}
