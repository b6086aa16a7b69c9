using Microsoft.ML.OnnxRuntime;
using RnnGen.Cli.Verification;
using RnnGen.Formats.Onnx;
using RnnGen.Tests;

namespace RnnGen.Formats.Tests.Onnx;

/// <summary>Imports against ONNX Runtime on random inputs.</summary>
public sealed class OnnxRuntimeTests
{
    public static TheoryData<string> Cells => WrittenOutCells.Names;

    public static TheoryData<string> Graphs => [.. GraphCases.All.Keys];

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_cell_that_is_written_out_agrees(string name) => AssertAgrees(WrittenOutCells.Get(name).File, 1e-6);

    [Theory]
    [MemberData(nameof(Graphs))]
    public void A_graph_agrees(string name) => AssertAgrees(GraphCases.All[name]().Model(), 2e-6);

    [Fact]
    public void A_Scan_agrees() => AssertAgrees(WrittenOutCells.Scan(), 1e-6);

    [Fact]
    public void A_Loop_agrees() => AssertAgrees(WrittenOutCells.Loop(), 1e-6);

    [SkippableTheory]
    [InlineData("dtln", "model_1.onnx")]
    [InlineData("dtln", "model_2.onnx")]
    [InlineData("tract", "onnx", "test_cases", "byte_sb_bidi_lstm", "model.onnx")]
    public void A_file_of_others_agrees(params string[] path) => AssertAgrees(File.ReadAllBytes(SharedFolder.Get(["models", .. path])), 2e-5);

    private static void AssertAgrees(byte[] file, double tolerance)
    {
        const int steps = 5;
        ModelDescription model = ModelFormats.Read(new ModelFile("a file", file), ImportOptions.Default);
        OnnxModel graph = OnnxModelReader.Read(file);
        OnnxValue[] inputs = [.. graph.Graph.Inputs.Where(input => !graph.Graph.Initializers.ContainsKey(input.Name))];
        using var session = new InferenceSession(file, new SessionOptions { GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL });
        float[] frames = RandomInputs.Of(model, steps, 5);
        double[] expected = inputs.Length > 1 ? StepByStep(session, graph, inputs, frames, steps) : Whole(session, graph, inputs[0], model, frames, steps);
        ModelVerifier.Compare("ONNX Runtime", expected, Array.ConvertAll(new ModelEvaluator(model).Run(frames), value => (float)value), tolerance);
    }

    /// <summary>A sequence at once; axes whose sizes are open are sequences and steps, in the other order where the graph begins by changing it.</summary>
    private static double[] Whole(InferenceSession session, OnnxModel graph, OnnxValue input, ModelDescription model, float[] frames, int steps)
    {
        int[] open = [.. Enumerable.Range(0, input.Shape!.Count).Where(axis => input.Shape[axis] is null)];
        bool channelsFirst = input.Shape.Count == 3 && input.Shape[1] is not null;
        bool timeFirst = graph.Graph.Nodes.FirstOrDefault(node => node.Operator != "Shape" && node.Inputs.Contains(input.Name))?.Operator is not ("Transpose" or "Cast" or "Conv");
        long[] shape = [.. input.Shape.Select((size, axis) => (long)(size ?? ((axis == open[0]) == timeFirst ? steps : 1)))];
        float[] ordered = channelsFirst ? [.. Enumerable.Range(0, frames.Length).Select(at => frames[(at % steps * model.InputSize) + (at / steps)])] : frames;
        using OrtValue value = input.Type == OnnxType.UInt8
            ? OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(ordered, number => (byte)number), shape)
            : OrtValue.CreateTensorValueFromMemory(ordered, shape);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(options, [input.Name], [value], [session.OutputNames[0]]);
        double[] output = Array.ConvertAll(results[0].GetTensorDataAsSpan<float>().ToArray(), number => (double)number);
        return channelsFirst && !model.IsPerSequence ? [.. Enumerable.Range(0, output.Length).Select(at => output[(at % model.OutputSize * steps) + (at / model.OutputSize)])] : output;
    }

    private static double[] StepByStep(InferenceSession session, OnnxModel graph, OnnxValue[] inputs, float[] frames, int steps)
    {
        float[][] states = [.. inputs.Skip(1).Select(state => new float[state.Shape!.Aggregate(1, (product, size) => product * size!.Value)])];
        List<double> outputs = [];
        for (int step = 0; step < steps; step++)
        {
            float[][] all = [frames[(step * frames.Length / steps)..((step + 1) * frames.Length / steps)], .. states];
            OrtValue[] values = [.. all.Zip(inputs, (data, input) => OrtValue.CreateTensorValueFromMemory(data, [.. input.Shape!.Select(size => (long)size!.Value)]))];
            using var options = new RunOptions();
            using IDisposableReadOnlyCollection<OrtValue> results = session.Run(options, [.. inputs.Select(input => input.Name)], values, [.. graph.Graph.Outputs.Select(output => output.Name)]);
            outputs.AddRange(results[0].GetTensorDataAsSpan<float>().ToArray().Select(number => (double)number));
            states = [.. results.Skip(1).Select(result => result.GetTensorDataAsSpan<float>().ToArray())];
            foreach (OrtValue value in values)
                value.Dispose();
        }

        return [.. outputs];
    }
}
