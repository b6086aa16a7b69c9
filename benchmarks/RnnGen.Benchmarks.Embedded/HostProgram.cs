using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnGen.Benchmarks.Peers;
using RnnGen.Samples.Embedded;

namespace RnnGen.Benchmarks.Embedded;

/// <summary>A program of this repository, to be published.</summary>
/// <param name="Name">As the table has it.</param>
/// <param name="Id">A folder's name.</param>
/// <param name="Project">Its project, from this folder.</param>
/// <param name="AddModel">Puts what the engine reads at its start beside the program; null where it brings it along.</param>
/// <param name="Properties">Of the build.</param>
internal sealed record HostProgram(string Name, string Id, string Project, Action<string>? AddModel, params string[] Properties)
{
    public static IReadOnlyList<HostProgram> All { get; } =
    [
        new("RnnGen (NativeAOT, AVX2)", "v3", "../../src/Samples/Embedded/Listen", null, "-p:RnnGenTarget=x86-64-v3"),
        new("RnnGen (NativeAOT, AVX-512)", "v4", "../../src/Samples/Embedded/Listen", null, "-p:RnnGenTarget=x86-64-v4"),
        new("ONNX Runtime 1.31.1 (NativeAOT)", "onnx", "Hosts/Onnx", AddOnnx),
        new("TorchSharp 0.107.0 (.NET not counted)", "torch", "Hosts/Torch", AddFloats, "--no-self-contained"),
    ];

    /// <summary>Publishes it; null, with a line that says why, where that fails or it does not run.</summary>
    public PublishedProgram? Publish(string folder, [CallerFilePath] string here = "")
    {
        string project = Path.Combine(Path.GetDirectoryName(here)!, Project);
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            ArgumentList = { "publish", project, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", folder, "-nodeReuse:false" },
        };
        foreach (string property in Properties)
            start.ArgumentList.Add(property);
        using var build = Process.Start(start)!;
        string log = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        if (build.ExitCode != 0)
        {
            string? error = log.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal));
            Console.WriteLine($"{Name} is left out, for it cannot be published: {error}");
            return null;
        }

        AddModel?.Invoke(folder);
        return new PublishedProgram(Path.Combine(folder, "listen"), folder);
    }

    private static void AddOnnx(string folder)
    {
        using var network = DigitRecognizer.CreateDefault();
        File.WriteAllBytes(Path.Combine(folder, "digits.onnx"), OnnxModel.Of(CellWeights.Of(network.Parameters), new BatchShape(1, 1), softmax: true));
    }

    private static void AddFloats(string folder)
    {
        using var network = DigitRecognizer.CreateDefault();
        float[] weights = [.. network.Parameters.SelectMany(parameter => parameter.ToArray())];
        File.WriteAllBytes(Path.Combine(folder, "digits.floats"), MemoryMarshal.AsBytes(weights.AsSpan()).ToArray());
    }
}
