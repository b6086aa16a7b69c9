using RnnGen.Cli.Compilation;

namespace RnnGen.Formats.Tests;

/// <summary>Files that networks save come back as the same description, from the file alone.</summary>
public sealed class SafetensorsFormatTests
{
    public static TheoryData<string> Cases => LayerCases.Names;

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_network_s_own_file_has_the_whole_network(string name)
    {
        ModelDescription model = LayerCases.Get(name);
        byte[] file = Saved(model);
        ModelDescription read = ModelFormats.Read(new ModelFile("saved.safetensors", file), ImportOptions.Default);
        Assert.Equal(model.InputSize, read.InputSize);
        Assert.Equal(model.IsOneHot, read.IsOneHot);
        Assert.Equal(model.Tensors.Select(tensor => tensor.Name), read.Tensors.Select(tensor => tensor.Name));
        float[] input = Cli.Verification.RandomInputs.Of(model, 9, 3);
        double[] expected = new ModelEvaluator(model).Run(input), actual = new ModelEvaluator(read).Run(input);
        Assert.Equal(expected.Length, actual.Length);
        for (int at = 0; at < expected.Length; at++)
            Assert.Equal(expected[at], actual[at], 1e-7);
    }

    [Theory]
    [InlineData("Lstm(Units = 4)", "expected Network(…) first, got \"Lstm\"")]
    [InlineData("Network(InputSize = 3); Lstm(Units = four); Dense(Units = 2)", "Lstm: expected Units to be of type Int32, got \"four\"")]
    [InlineData("Network(InputSize = 3); Lstm(Unit = 4); Dense(Units = 2)", "Lstm: expected the option Units, got none")]
    [InlineData("Network(InputSize = 3); Lstm(Unit = 4, Units = 4); Dense(Units = 2)", "Lstm has no option \"Unit\"")]
    [InlineData("Network(InputSize = 3); Lstm(Units = 4, Units = 5); Dense(Units = 2)", "each once, got \"Units = 5\"")]
    [InlineData("Network(InputSize = 3); Lstm(Units = 4; Dense(Units = 2)", "expected a closing parenthesis at the end of \"Lstm(Units = 4\"")]
    [InlineData("Network(InputSize = 3); Recurrent(Units = 4); Dense(Units = 2)", "expected a layer of RnnGen's, got \"Recurrent\"")]
    [InlineData("Network(InputSize = 3); Layer; Dense(Units = 2)", "expected a layer of RnnGen's, got \"Layer\"")]
    [InlineData("Network(InputSize = 3); Mgu(Equations = 12, Units = 4); Dense(Units = 2)", "Mgu \"Mgu\": it is a user-defined cell, whose equations are not in the file")]
    [InlineData("Network(InputSize = 3); Lstm(GateActivation = HardSigmoid, GateAlpha = 0.2, GateBeta = 0, Units = 4); Dense(Units = 2)", "its GateBeta is 0")]
    [InlineData("Network(InputSize = 3); Lstm(Units = 4); Dense(From = [1], Units = 2)", "Dense: expected sources before it, got \"1\"")]
    [InlineData("Network(InputSize = 3); Lstm(Units = 5); Dense(Units = 2)", "layer \"lstm0\": expected weight_ih [20, 3], got 48 values")]
    [InlineData("Network(InputSize = 0); Lstm(Units = 4); Dense(Units = 2)", "input: expected at least 1 feature, got 0")]
    [InlineData("Network(Features = 3); Lstm(Units = 4); Dense(Units = 2)", "Network has no option \"Features\"")]
    [InlineData("Network(InputSize = 3); Lstm(Units = 4)", "expected no more tensors, got those of \"dense1\"")]
    [InlineData("Network(InputSize = 3); Lstm(Units = 4); Dense(Units = 2); Dense(Units = 2)", "expected the tensors of Dense, got no more tensors")]
    public void A_wrong_architecture_is_refused(string architecture, string message)
    {
        SafetensorsFile saved = SafetensorsFile.Read(Saved(RandomModel.Of(3, new LstmAttribute(4), new DenseAttribute(2))));
        Assert.Equal("Network(InputSize = 3); Lstm(Units = 4); Dense(Units = 2)", saved.Metadata[SafetensorsFormat.Architecture]);
        using var file = new MemoryStream();
        new SafetensorsFile(saved.Tensors, new Dictionary<string, string> { [SafetensorsFormat.Architecture] = architecture }).Write(file);
        var refusal = Assert.ThrowsAny<FormatException>(() => ModelFormats.Read(new ModelFile("wrong.safetensors", file.ToArray()), ImportOptions.Default));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_not_finite_are_refused_unless_allowed()
    {
        SafetensorsFile saved = SafetensorsFile.Read(Saved(RandomModel.Of(3, new LstmAttribute(4), new DenseAttribute(2))));
        saved["lstm0.weight_hh"].Values[17] = float.NaN;
        using var stream = new MemoryStream();
        saved.Write(stream);
        var file = new ModelFile("nan.safetensors", stream.ToArray());
        string message = Assert.Throws<FormatException>(() => ModelFormats.Read(file, ImportOptions.Default)).Message;
        Assert.Contains("layer \"lstm0\": expected finite weights, got NaN in weight_hh at 17", message, StringComparison.Ordinal);
        Assert.True(float.IsNaN(ModelFormats.Read(file, new ImportOptions { AllowNonfinite = true }).Tensors[1].Values[17]));
    }

    [Fact]
    public void An_unknown_file_is_refused_by_name()
    {
        string message = Assert.Throws<FormatException>(() => ModelFormats.Read(new ModelFile("notes.txt", "hello"u8.ToArray()), ImportOptions.Default)).Message;
        Assert.Contains("\"notes.txt\": expected one of RnnGen (safetensors)", message, StringComparison.Ordinal);
    }

    private static byte[] Saved(ModelDescription model)
    {
        using CompiledNetwork compiled = Compilations.Of(model);
        string path = Path.GetTempFileName();
        try
        {
            compiled.Network.Save(path);
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
