using System.Reflection;
using System.Text.Json.Nodes;
using RnnGen.Cli.Compilation;
using RnnGen.Cli.Importing;

namespace RnnGen.Formats.Tests;

/// <summary><c>rnngen import</c>: the files that it writes, and those that it does not.</summary>
public sealed class ImportTests : IDisposable
{
    private readonly ToolRun _tool = new();

    [Fact]
    public void A_class_its_weights_and_a_test_are_written_and_said()
    {
        string file = _tool.Save(LayerCases.Get("Last step"), "my-lstm_2.bin");
        Assert.Equal(0, _tool.Run("import", file, "--namespace", "Some.Where", "--out", _tool["written"], "--self-test"));
        Assert.Equal(["my-lstm_2.bin", "written/MyLstm2.cs", "written/MyLstm2.safetensors", "written/MyLstm2Tests.cs"], _tool.Files.Select(name => name.Replace('\\', '/')));
        Assert.Equal("", _tool.Error);
        string source = File.ReadAllText(_tool["written/MyLstm2.cs"]);
        Assert.Contains("namespace Some.Where;", source, StringComparison.Ordinal);
        Assert.Contains("[Lstm(4)]\n[LastStep]\n[Dense(2, Activation.Softmax)]\npublic sealed partial class MyLstm2;", source, StringComparison.Ordinal);
        Assert.Contains("Verified on random inputs: within ", source, StringComparison.Ordinal);
        Assert.Contains("Verified on random inputs: within ", _tool.Output, StringComparison.Ordinal);
        Assert.Contains("    using var network = Some.Where.MyLstm2.Load(\"MyLstm2.safetensors\");\n", _tool.Output, StringComparison.Ordinal);
        Assert.Contains("    network.Predict(frames, outputs);", _tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_verification_the_class_says_so()
    {
        string file = _tool.Save(LayerCases.Get("Gru"), "gru.safetensors");
        Assert.Equal(0, _tool.Run("import", file, "--no-verify", "--name", "Net", "--out", _tool.Folder));
        Assert.Contains("/// <summary>Imported from RnnGen (safetensors). NOT VERIFIED: --no-verify was given", File.ReadAllText(_tool["Net.cs"]), StringComparison.Ordinal);
        Assert.Contains("NOT VERIFIED", _tool.Output, StringComparison.Ordinal);
        Assert.Contains("network.Step(frame, output);", _tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_json_is_one_object_with_everything()
    {
        string file = _tool.Save(LayerCases.Get("One-hot"), "text.safetensors");
        Assert.Equal(0, _tool.Run("import", file, "--json", "--out", _tool.Folder, "--name", "CharModel"));
        JsonObject json = _tool.Json;
        Assert.True((bool)json["ok"]!);
        Assert.Equal(9, (int)json["inputSize"]!);
        Assert.Equal("Lstm(4)", (string?)json["layers"]![0]!["attribute"]);
        Assert.Equal([16, 9], json["layers"]![0]!["parameters"]!["lstm0.weight_ih"]!.AsArray().Select(size => (int)size!));
        Assert.Equal("network.Step(symbol, output);  // an int per time step; the state is kept", (string?)json["usage"]![2]);
        Assert.All(json["files"]!.AsArray(), path => Assert.True(File.Exists((string?)path)));
    }

    [Fact]
    public void What_is_there_stays_unless_forced_and_nothing_is_left_half_written()
    {
        string file = _tool.Save(LayerCases.Get("Gru"), "gru.safetensors");
        File.WriteAllText(_tool["Net.safetensors"], "mine");
        Assert.Equal(1, _tool.Run("import", file, "--name", "Net", "--out", _tool.Folder));
        Assert.Contains("Net.safetensors exists; --force overwrites it", _tool.Error, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(_tool["Net.safetensors"]));
        Assert.Equal(["Net.safetensors", "gru.safetensors"], _tool.Files);

        Assert.Equal(0, _tool.Run("import", file, "--name", "Net", "--out", _tool.Folder, "--force"));
        Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(_tool["Net.safetensors"]));
        Assert.Equal(["Net.cs", "Net.safetensors", "gru.safetensors"], _tool.Files);
    }

    [Fact]
    public void A_file_that_cannot_be_written_leaves_none_of_the_others()
    {
        using (var files = new OutputFiles(_tool.Folder, replaces: false))
        {
            files.Add("one", "1");
            Assert.Throws<IOException>(() => files.Add("two", _ => throw new IOException("full")));
        }

        Assert.Empty(_tool.Files);
        using (var files = new OutputFiles(_tool.Folder, replaces: false))
        {
            files.Add("one", "1");
            files.Add("two", "2");
            File.WriteAllText(_tool["two"], "faster");
            Assert.Throws<IOException>(files.Commit);
        }

        Assert.Equal(["two"], _tool.Files);
        Assert.Equal("faster", File.ReadAllText(_tool["two"]));
    }

    [Theory]
    [InlineData("../Net")]
    [InlineData("a/b")]
    [InlineData("class")]
    [InlineData("1st")]
    [InlineData("")]
    public void A_name_is_no_path_and_no_keyword(string name)
    {
        string file = _tool.Save(LayerCases.Get("Gru"), "gru.safetensors");
        Assert.Equal(2, _tool.Run("import", file, "--name", name, "--out", _tool["out"]));
        Assert.Contains("--name: expected a C# name", _tool.Error, StringComparison.Ordinal);
        Assert.Equal(2, _tool.Run("import", file, "--namespace", "a." + name, "--out", _tool["out"]));
        Assert.Equal(["gru.safetensors"], _tool.Files);
    }

    [Fact]
    public void Weights_that_are_not_finite_are_refused_and_can_be_inspected()
    {
        SafetensorsFile file = SafetensorsFile.Read(_tool.Save(LayerCases.Get("Gru"), "gru.safetensors"));
        file.Tensors[0].Values[3] = float.NaN;
        string path = _tool["nan.safetensors"];
        file.Write(path);
        Assert.Equal(1, _tool.Run("import", path, "--out", _tool["out"]));
        Assert.Contains("expected finite weights, got NaN", _tool.Error, StringComparison.Ordinal);
        Assert.Equal(2, _tool.Run("import", path, "--out", _tool["out"], "--allow-nonfinite", "--no-verify"));
        Assert.Contains("--allow-nonfinite", _tool.Error, StringComparison.Ordinal);
        Assert.Equal(0, _tool.Run("inspect", path, "--allow-nonfinite", "--no-time"));
        Assert.Contains("Warning: some weights are NaN or infinite", _tool.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_tool["out"]));
    }

    [Fact]
    public void An_ONNX_file_is_compared_with_ONNX_Runtime_and_timed_beside_it()
    {
        using (FileStream file = File.Create(_tool["lstm.onnx"]))
            ModelWriters.Find("onnx")!.Write(LayerCases.Get("Lstm"), file);
        Assert.Equal(0, _tool.Run("import", _tool["lstm.onnx"], "--name", "Net", "--out", _tool.Folder));
        Assert.Matches(@"within \S+ of double precision\. ONNX Runtime \d+\.\d+\.\d+ gives the same outputs of the file within \S+\.\n", _tool.Output);
        Assert.Contains(" gives the same outputs of the file within ", File.ReadAllText(_tool["Net.cs"]), StringComparison.Ordinal);
        Assert.Equal(0, _tool.Run("bench", _tool["lstm.onnx"], "--steps", "100", "--json"));
        JsonObject times = _tool.Json["onnxRuntime"]!.AsObject();
        Assert.Equal(1, (int)times["stepsInCall"]!);
        Assert.InRange((double)times["fastestNanoseconds"]!, 100, 1e9);
        Assert.InRange((double)times["p99"]!, (double)times["p50"]!, 1e10);
    }

    [Fact]
    public void Keras_weights_are_read_beside_the_model_that_they_belong_to()
    {
        ModelDescription trained = LayerCases.Get("Three layers"), other = RandomModel.Of(3, new LstmAttribute(5), new GruAttribute(4), new RnnAttribute(3), new DenseAttribute(2));
        foreach (NamedTensor tensor in other.Tensors)
            Array.Clear(tensor.Values);
        using (var archive = new System.IO.Compression.ZipArchive(new MemoryStream(RnnGen.Formats.Keras.KerasWriter.Write(trained))))
            foreach (string name in new[] { "config.json", "model.weights.h5" })
                System.IO.Compression.ZipFileExtensions.ExtractToFile(archive.GetEntry(name)!, _tool[name]);
        string network = _tool.Save(other, "other.safetensors"), weights = _tool["model.weights.h5"];
        Assert.Equal(1, _tool.Run("import", weights));
        Assert.Contains("the file holds only weights and does not describe their layers. Read a file that does", _tool.Error, StringComparison.Ordinal);
        Assert.Equal(1, _tool.Run("import", _tool["config.json"]));
        Assert.Contains("expected a weights file (--weights) for a model without weights", _tool.Error, StringComparison.Ordinal);
        foreach ((string model, string name) in new[] { (_tool["config.json"], "First"), (network, "Second") })
        {
            Assert.Equal(0, _tool.Run("import", model, "--weights", weights, "--name", name, "--out", _tool.Folder));
            ModelDescription read = ModelFormats.Read(_tool[name + ".safetensors"]);
            Assert.Equal(new ModelEvaluator(trained).Run(new float[9]), new ModelEvaluator(read).Run(new float[9]));
        }
    }

    [Fact]
    public void A_user_s_own_recordings_are_verified_and_become_the_test()
    {
        ModelDescription model = LayerCases.Get("Gru");
        string file = _tool.Save(model, "gru.safetensors");
        float[] input = [.. Cli.Verification.RandomInputs.Of(model, 4, 1), .. Cli.Verification.RandomInputs.Of(model, 4, 2)];
        float[] output = [.. input.Chunk(4 * 3).SelectMany(sequence => new ModelEvaluator(model).Run(sequence)).Select(value => (float)value)];
        string Recording(params int[] steps)
        {
            new SafetensorsFile([new NamedTensor("input", [.. steps, 3], input), new NamedTensor("output", [.. steps, 2], output)]).Write(_tool["recorded.safetensors"]);
            return _tool["recorded.safetensors"];
        }

        Assert.Equal(0, _tool.Run("import", file, "--recording", Recording(2, 4), "--self-test", "--name", "Net", "--out", _tool.Folder));
        Assert.Contains(" of 2 recorded outputs", _tool.Output, StringComparison.Ordinal);
        Assert.Contains("// Recorded: recorded.safetensors, sequence 2.", File.ReadAllText(_tool["NetTests.cs"]), StringComparison.Ordinal);
        output[9] += 0.01f;
        Assert.Equal(1, _tool.Run("import", file, "--recording", Recording(2, 4), "--name", "Other", "--out", _tool.Folder));
        Assert.Contains("recorded.safetensors, sequence 2, by the evaluator: expected", _tool.Error, StringComparison.Ordinal);
        Assert.Equal(1, _tool.Run("import", file, "--recording", Recording(1, 2, 4), "--name", "Other", "--out", _tool.Folder));
        Assert.Contains("expected an input [steps, features] and its output", _tool.Error, StringComparison.Ordinal);
    }

    /// <summary>The written class and the written test, compiled together with a few lines in place of xunit, and run.</summary>
    [Theory]
    [InlineData("Lstm", false)]
    [InlineData("One-hot", false)]
    [InlineData("Lstm", true)]
    [InlineData("Embedding", true)]
    public void The_written_test_passes_and_fails_for_other_weights(string name, bool isMasked)
    {
        ModelDescription model = LayerCases.Get(name);
        float[] input = RnnGen.Cli.Verification.RandomInputs.Of(model, 5, 3);
        bool[]? mask = isMasked ? [true, true, false, true, true] : null;
        double[] output = new ModelEvaluator(model).Run(input, mask);
        var cases = new[] { new Recording("its own", input, [.. output.Select(value => (float)value)], mask), new Recording("without a mask", input, [.. new ModelEvaluator(model).Run(input).Select(value => (float)value)]) };
        var options = new ClassOptions { Name = "Net", Namespace = "Written" };
        string weights = Path.Combine(AppContext.BaseDirectory, "Net.safetensors");
        Type tests = Compile(ClassWriter.Write(model, options), SelfTestWriter.Write(model, options, cases));
        try
        {
            using CompiledNetwork compiled = Compilations.Of(model);
            compiled.Network.Save(weights);
            Call(tests, 1);
            Call(tests, 2);

            SafetensorsFile other = SafetensorsFile.Read(weights);
            other.Tensors[^1].Values[0] += 0.01f;
            other.Write(weights);
            Assert.Contains("not in range", Assert.Throws<TargetInvocationException>(() => Call(tests, 1)).InnerException!.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(weights);
        }
    }

    [Fact]
    public void Long_recordings_are_cut_where_outputs_do_not_depend_on_later_inputs()
    {
        ModelDescription model = RandomModel.Of(3, new LstmAttribute(4), new DenseAttribute(2));
        ModelDescription recorded = Copy(model, new Recording("long", new float[3 * 1000], new float[2 * 1000]));
        Recording cut = Assert.Single(SelfTest.Cases(recorded, hasSteps: true));
        Assert.Equal((3 * 409, 2 * 409), (cut.Input.Length, cut.Output.Length));
        Assert.Equal("Recorded: long, the first 409 steps.", cut.Name);
        Recording random = Assert.Single(SelfTest.Cases(recorded, hasSteps: false));
        Assert.StartsWith("Random inputs", random.Name, StringComparison.Ordinal);
    }

    public void Dispose() => _tool.Dispose();

    private static ModelDescription Copy(ModelDescription model, Recording recording)
    {
        var builder = new ModelBuilder("a test", model.InputSize);
        foreach (ModelLayer layer in model.Layers)
            builder.Add(layer.Attribute, null, [.. layer.Tensors.Select(tensor => (tensor.Name[(layer.Name.Length + 1)..], tensor.Values))]);
        builder.Record(recording);
        return builder.Build();
    }

    private static Type Compile(string network, string test)
    {
        const string xunit = """

            namespace Xunit
            {
                public sealed class FactAttribute : System.Attribute;

                public static class Assert
                {
                    public static void InRange(double value, double low, double high)
                    {
                        if (!(value >= low && value <= high))
                            throw new System.InvalidOperationException($"{value} is not in range");
                    }
                }
            }
            """;

        // One file: usings first, then a namespace with braces for each part.
        string usings = test[..test.IndexOf("namespace", StringComparison.Ordinal)];
        string Body(string source) => source[(source.IndexOf(';', source.IndexOf("namespace", StringComparison.Ordinal)) + 1)..];
        byte[] image = SourceCompiler.Compile($"{usings}\nnamespace Written\n{{\n{Body(network)}\n{Body(test)}\n}}\n{xunit}");
        return Assembly.Load(image).GetType("Written.NetTests", throwOnError: true)!;
    }

    private static void Call(Type tests, int number) => tests.GetMethod($"Output_{number}_is_as_expected")!.Invoke(Activator.CreateInstance(tests), null);
}
