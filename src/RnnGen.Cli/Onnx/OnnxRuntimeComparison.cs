using RnnGen.Cli.Verification;
using RnnGen.Formats;

namespace RnnGen.Cli.Onnx;

/// <summary>Compares what ONNX Runtime computes for a file with the network that was read from it.</summary>
internal static class OnnxRuntimeComparison
{
    private const int Sequences = 3, Steps = 24;

    /// <summary>Compares the evaluator of a network in double precision with the file's graph in ONNX Runtime.</summary>
    /// <param name="file">The whole file that the network was read of.</param>
    /// <param name="model">The network.</param>
    /// <returns>The largest difference, relative beyond a magnitude of 1, and ONNX Runtime's version.</returns>
    /// <exception cref="FormatException">They disagree; the message says where and by how much.</exception>
    /// <exception cref="NotSupportedException">ONNX Runtime is not there or cannot run the graph; the message says why.</exception>
    public static (double Largest, string Version) Compare(ModelFile file, ModelDescription model)
    {
        using var session = new OnnxRuntimeSession(file, optimizes: false);
        var evaluator = new ModelEvaluator(model);
        double largest = 0;
        for (int sequence = 0; sequence < Sequences; sequence++)
        {
            float[] frames = RandomInputs.Of(model, session.Steps(Steps), sequence);
            float[] ours = Array.ConvertAll(evaluator.Run(frames), value => (float)value);
            largest = Math.Max(largest, ModelVerifier.Compare("random input, by ONNX Runtime", session.Run(frames, model.IsOneHot ? 1 : model.InputSize), ours, ModelVerifier.Tolerance));
        }

        return (largest, session.Version);
    }
}
