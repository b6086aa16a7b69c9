namespace RnnGen.Formats.Tests.Onnx;

/// <summary>Damaged files end in a <see cref="FormatException"/>, soon.</summary>
public sealed class HostileOnnxTests
{
    [Fact]
    public void Sizes_that_are_not_there_are_not_allocated()
    {
        byte[] large = new OnnxFileBuilder().Input("x", 1, 4).Integers("s", 1 << 30, 1 << 30).Node("ConstantOfShape", "s", "c").Node("Add", "x c", "y").Output("y", 1, 4).Model();
        Assert.ThrowsAny<FormatException>(() => ModelFormats.Read(new ModelFile("large", large), ImportOptions.Default));
        byte[] input = new OnnxFileBuilder().Input("x", 1, int.MaxValue).Node("Relu", "x", "y").Output("y", 1, 4).Model();
        Assert.ThrowsAny<FormatException>(() => ModelFormats.Read(new ModelFile("input", input), ImportOptions.Default));
    }

    [Fact]
    public void A_name_of_two_values_is_refused()
    {
        string Message(byte[] file) => Assert.ThrowsAny<FormatException>(() => ModelFormats.Read(new ModelFile("twice", file), ImportOptions.Default)).Message;
        OnnxFileBuilder Begun() => new OnnxFileBuilder().Input("x", 1, 2).Node("Tanh", "x", "y");
        Assert.Equal("output of node \"/y\": expected values of different names in a graph, got \"y\" twice", Message(Begun().Node("Relu", "x", "y").Output("y", 1, 2).Model()));
        Assert.Contains("got \"x\" twice", Message(Begun().Node("Relu", "y", "x").Output("x", 1, 2).Model()), StringComparison.Ordinal);
        Assert.Contains("got \"w\" twice", Message(Begun().Weights("w", 2).Weights("w", 2).Node("Add", "y w", "z").Output("z", 1, 2).Model()), StringComparison.Ordinal);
        Assert.Contains("got \"y\" twice", Message(Begun().Weights("y", 2).Output("y", 1, 2).Model()), StringComparison.Ordinal);
        Assert.Contains("got \"alpha\" twice", Message(Begun().Node("LeakyRelu", "y", "z", ("alpha", 0.1f), ("alpha", 0.2f)).Output("z", 1, 2).Model()), StringComparison.Ordinal);
        byte[] body = new OnnxFileBuilder().Node("Relu", "y", "z").Node("Tanh", "y", "z").Output("z", 1).AsBody();
        Assert.Contains("got \"z\" twice", Message(Begun().Condition("c").Node("If", "c", "v", ("then_branch", body), ("else_branch", body)).Output("v", 1, 2).Model()), StringComparison.Ordinal);
    }

    [Fact]
    public void Chains_and_nests_do_not_overflow_the_stack()
    {
        var chain = new OnnxFileBuilder().Input("x", 1, 2);
        for (int link = 0; link < 3_000; link++)
            chain.Node("Tanh", link == 0 ? "x" : $"y{link - 1}", $"y{link}");
        Assert.Equal(3_000, ModelFormats.Read(chain.Output("y2999", 1, 2).File(), ImportOptions.Default).Layers.Count);
        byte[] graph = new OnnxFileBuilder().Node("Relu", "x", "z").Output("z", 1).AsBody();
        for (int depth = 0; depth < 200; depth++)
            graph = new OnnxFileBuilder().Node("If", "c", "z", ("then_branch", graph), ("else_branch", graph[..0])).Output("z", 1).AsBody();
        byte[] nest = new OnnxFileBuilder().Input("x", 1, 2).Node("If", "c", "z", ("then_branch", graph)).Output("z", 1).Model();
        Assert.Contains("deep", Assert.ThrowsAny<FormatException>(() => ModelFormats.Read(new ModelFile("nest", nest), ImportOptions.Default)).Message, StringComparison.Ordinal);
    }
}
