using RnnGen.Cli.CommandLine;
using RnnGen.Cli.Compilation;
using RnnGen.Cli.Onnx;
using RnnGen.Cli.Verification;
using RnnGen.Formats;

namespace RnnGen.Cli.Importing;

/// <summary>An import of a model as a class: compiled, verified, written.</summary>
internal sealed class ModelImport : IDisposable
{
    private readonly CompiledNetwork _compiled;

    private ModelImport(ModelDescription model, ClassOptions options, CompiledNetwork compiled, string verification) =>
        (Model, Options, _compiled, Verification) = (model, options, compiled, verification);

    /// <summary>The network.</summary>
    public ModelDescription Model { get; }

    /// <summary>How its class is called.</summary>
    public ClassOptions Options { get; }

    /// <summary>How it was verified, as a sentence.</summary>
    public string Verification { get; }

    /// <summary>Why it was not compared with the runtime of the file's own format, as a sentence; null if it was, or if there is no such runtime.</summary>
    public string? NotCompared { get; private init; }

    /// <summary>Whether it has steps.</summary>
    public bool HasSteps => Network.HasSteps;

    /// <summary>The compiled network.</summary>
    public NetworkRunner Network => _compiled.Network;

    /// <summary>Compiles the very class that will be written, and verifies it.</summary>
    /// <param name="model">The network.</param>
    /// <param name="options">How its class is called.</param>
    /// <param name="verifies">Whether to verify it.</param>
    /// <param name="onnx">The file where it is an ONNX file, for which there may be ONNX Runtime to compare with.</param>
    /// <param name="console">Shows what takes long.</param>
    /// <exception cref="FormatException">It does not compile, or its outputs differ from the file's.</exception>
    /// <exception cref="UsageException">It does not compile under this name.</exception>
    public static ModelImport Of(ModelDescription model, ClassOptions options, bool verifies, ModelFile? onnx, ToolConsole console)
    {
        CompiledNetwork compiled = console.Working("Compiling the network", () => Compile(model, options));
        try
        {
            if (!verifies)
            {
                const string warning = "NOT VERIFIED: --no-verify was given, so its outputs were not compared with anything.";
                return new ModelImport(model, options with { Verification = warning }, compiled, warning);
            }

            string verification = console.Working("Verifying it", () => ModelVerifier.Verify(model, compiled)).ToString();
            (string? compared, string? problem) = onnx is null ? (null, null) : console.Working("Running it in ONNX Runtime", () => Compare(onnx, model));
            verification = compared is null ? verification : $"{verification} {compared}";
            return new ModelImport(model, options with { Verification = verification }, compiled, verification) { NotCompared = problem };
        }
        catch
        {
            compiled.Dispose();
            throw;
        }
    }

    /// <summary>Writes the class, the weights and a test: all of them or none.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="selfTest">Whether to write a test.</param>
    /// <param name="replaces">Whether existing files are replaced.</param>
    /// <returns>Their paths.</returns>
    public IReadOnlyList<string> Write(string folder, bool selfTest, bool replaces)
    {
        using var files = new OutputFiles(folder, replaces);
        files.Expect(FileNames(Options.Name, selfTest));
        files.Add($"{Options.Name}.cs", ClassWriter.Write(Model, Options));
        files.Add($"{Options.Name}.safetensors", SaveAndLoad);
        if (selfTest)
            files.Add($"{Options.Name}Tests.cs", SelfTestWriter.Write(Model, Options, SelfTest.Cases(Model, HasSteps)));
        return files.Commit();
    }

    /// <summary>The names of the files that an import writes.</summary>
    public static IEnumerable<string> FileNames(string name, bool selfTest) =>
        selfTest ? [$"{name}.cs", $"{name}.safetensors", $"{name}Tests.cs"] : [$"{name}.cs", $"{name}.safetensors"];

    /// <inheritdoc/>
    public void Dispose() => _compiled.Dispose();

    /// <summary>Compiles the class; what is wrong with its name alone is said to be.</summary>
    private static CompiledNetwork Compile(ModelDescription model, ClassOptions options)
    {
        try
        {
            return CompiledNetwork.Compile(model, options);
        }
        catch (FormatException problem)
        {
            CompiledNetwork.Compile(model).Dispose();
            string name = options.Namespace.Length > 0 ? $"{options.Namespace}.{options.Name}" : options.Name;
            throw new UsageException($"--name: expected a name that the class's own code does not need for something else, got {name}: {Formats.Text.Shorten(problem.Message, 200)}");
        }
    }

    /// <summary>How a network compares with ONNX Runtime, or why that is not known: one of two sentences.</summary>
    private static (string? Compared, string? Problem) Compare(ModelFile onnx, ModelDescription model)
    {
        try
        {
            (double largest, string version) = OnnxRuntimeComparison.Compare(onnx, model);
            return (FormattableString.Invariant($"ONNX Runtime {version} gives the same outputs of the file within {largest:G2}."), null);
        }
        catch (NotSupportedException reason)
        {
            return (null, $"Not compared with ONNX Runtime: {reason.Message}.");
        }
    }

    /// <summary>Saves the weights, and loads them as the class will: they must be the same.</summary>
    private void SaveAndLoad(string path)
    {
        Network.Save(path);
        float[] input = RandomInputs.Of(Model, steps: 4, seed: 0);
        using FileStream file = File.OpenRead(path);
        using NetworkRunner loaded = Network.Load(file);
        if (!loaded.Run(input).SequenceEqual(Network.Run(input)))
            throw new FormatException("the saved weights do not give the same outputs");
    }
}
