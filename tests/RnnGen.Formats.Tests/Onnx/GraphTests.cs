namespace RnnGen.Formats.Tests.Onnx;

/// <summary>What stands around recurrent operators, and what is refused.</summary>
public sealed class GraphTests
{
    [Fact]
    public void Axes_that_are_moved_about_by_computed_shapes_keep_their_meaning()
    {
        ModelDescription model = Read(GraphCases.Torch().Node("MatMul", "back V", "p").Node("Add", "p v", "out").Output("out", -1, -1, 2));
        Assert.Equal(["Lstm(4, Direction = Direction.Bidirectional)", "Dense(2)"], SharedOnnxTests.Layers(model));
        Assert.False(model.IsPerSequence);
    }

    [Fact]
    public void The_last_step_of_both_directions_is_not_what_each_ends_with()
    {
        ModelDescription read = Read(GraphCases.StepOfBoth(-1));
        Assert.Equal(["Activation(Activation.Linear)", "LastStep", "Dense(2)"], SharedOnnxTests.Layers(read)[^3..]);
        var refusal = Refused(GraphCases.StepOfBoth(0));
        Assert.Equal(("/h", "Gather"), (refusal.Layer, refusal.Operation));
        Assert.Contains("layers of both directions", refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Y_and_Y_h_lead_to_an_answer_a_step_and_one_a_sequence()
    {
        Assert.Equal(["Gru(4)", "Dense(2)", "Activation(Activation.Softmax)"], SharedOnnxTests.Layers(Read(GraphCases.SqueezedDirection().Output("out", -1, -1, 2))).Select(layer => layer == "Dense(2, Activation.Softmax)" ? "Dense(2)" : layer)
            .Append("Activation(Activation.Softmax)").Distinct());
        ModelDescription last = Read(GraphCases.LastStep().Output("out", -1, 2));
        Assert.Equal(["Gru(4)", "LastStep", "Dense(2)"], SharedOnnxTests.Layers(last));
        Assert.True(last.IsPerSequence);
    }

    [Fact]
    public void A_reshape_that_mixes_steps_and_features_is_refused()
    {
        var refusal = Refused(GraphCases.Gru().Integers("s", 4, -1).Node("Reshape", "Y s", "out").Output("out", 4, -1));
        Assert.Equal("Reshape", refusal.Operation);
        Assert.Contains("it mixes", refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Convolutions_are_causal_or_centred_with_what_follows_folded_into_them()
    {
        Assert.Equal("Conv1D(5, 3, Activation.LeakyRelu, Padding = ConvPadding.Same, ActivationAlpha = 0.3f)", Sorted(Read(GraphCases.Convolutions(1, 1).Output("out", -1, 5, -1))));
        Assert.Equal("Conv1D(5, 3, Activation.LeakyRelu, ActivationAlpha = 0.3f)", Sorted(Read(GraphCases.Convolutions(2, 0).Output("out", -1, 5, -1))));
        Assert.Contains("its stride is 2, expected 1", Refused(GraphCases.Convolutions(1, 1, stride: 2).Output("out", -1, 5, -1)).Message, StringComparison.Ordinal);
        Assert.Contains("it has 3 groups, expected 1", Refused(GraphCases.Convolutions(1, 1, group: 3).Output("out", -1, 5, -1)).Message, StringComparison.Ordinal);
        Assert.Contains("it pads by 0 before and 0 after", Refused(GraphCases.Convolutions(0, 0).Output("out", -1, 5, -1)).Message, StringComparison.Ordinal);

        static string Sorted(ModelDescription model)
        {
            string text = Assert.Single(SharedOnnxTests.Layers(model));
            return text.Replace("ActivationAlpha = 0.3f, Padding = ConvPadding.Same", "Padding = ConvPadding.Same, ActivationAlpha = 0.3f", StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(17, "Div", "Erf")]
    [InlineData(17, "Mul", "Erf")]
    [InlineData(20, "", "Gelu")]
    public void Gelu_is_an_operator_or_the_product_that_exporters_write(int operatorSet, string scale, string function)
    {
        OnnxFileBuilder graph = new OnnxFileBuilder().Input("x", -1, -1, 3).Weights("W", 3, 4).Weights("b", 4).Node("MatMul", "x W", "p").Node("Add", "p b", "a");
        if (function == "Gelu")
            graph.Node("Gelu", "a", "out", ("approximate", "none"));
        else
            graph.Scalar("root", scale == "Div" ? MathF.Sqrt(2) : MathF.Sqrt(0.5f)).Scalar("one", 1).Scalar("half", 0.5f).Node(scale, "a root", "s").Node("Erf", "s", "e").Node("Add", "e one", "d").Node("Mul", "a d", "m").Node("Mul", "m half", "out");
        Assert.Equal(["Dense(4, Activation.Gelu)"], SharedOnnxTests.Layers(ModelFormats.Read(graph.Output("out", -1, -1, 4).File(operatorSet), ImportOptions.Default)));
    }

    [Theory]
    [InlineData(1.4f, 1, "RnnGen has no layer like it")]
    [InlineData(1.4142135f, 2, "RnnGen has no layer like it")]
    public void What_is_nearly_a_Gelu_is_refused(float root, float one, string reason)
    {
        var refusal = Refused(new OnnxFileBuilder().Input("a", -1, -1, 3).Scalar("root", root).Scalar("one", one)
            .Node("Div", "a root", "s").Node("Erf", "s", "e").Node("Add", "e one", "d").Node("Mul", "a d", "out").Output("out", -1, -1, 3));
        Assert.Equal(("Erf", reason), (refusal.Operation, refusal.Reason));
    }

    [Fact]
    public void Zeros_and_the_past_before_a_convolution_are_its_own()
    {
        foreach (OnnxFileBuilder causal in new[] { GraphCases.Padded(pads: true), GraphCases.Padded(pads: false), GraphCases.Padded(pads: true, before: 3, pad: 1) })
            Assert.Equal((2, ConvPadding.Causal), Only(causal));
        Assert.Equal((2, ConvPadding.Same), Only(GraphCases.Padded(pads: true, before: 2, after: 2)));
        Assert.Contains("zero unless it is set", Assert.Single(Read(GraphCases.Padded(pads: false, past: true)).Notes), StringComparison.Ordinal);
        OnnxFileBuilder Next(int start) => GraphCases.Padded(pads: false, past: true).Integers("from", start).Integers("to", int.MaxValue).Integers("axis", 2).Node("Slice", "padded from to axis", "next").Output("next", -1, 3, 4);
        Assert.Empty(Read(Next(-4)).Notes);
        Assert.Equal("Slice", Refused(Next(-3)).Operation);

        static (int Dilation, ConvPadding Padding) Only(OnnxFileBuilder graph)
        {
            var convolution = Assert.IsType<Conv1DAttribute>(Assert.Single(Read(graph).Layers).Attribute);
            return (convolution.Dilation, convolution.Padding);
        }
    }

    [Fact]
    public void What_else_stands_around_steps_is_refused()
    {
        Assert.Contains("it pads by 3 before and 0 after", Refused(GraphCases.Padded(pads: true, before: 3)).Message, StringComparison.Ordinal);
        Assert.Contains("expected no pads", Refused(GraphCases.Padded(pads: false, past: true, before: 3, pad: 1)).Message, StringComparison.Ordinal);
        Assert.Equal("Pad", Refused(new OnnxFileBuilder().Input("x", -1, -1, 3).Integers("pads", 1, 0, 0, 0, 0, 0).Node("Pad", "x pads", "p").Node("Tanh", "p", "out").Output("out", -1, -1, 3)).Operation);
        Assert.Contains("it limits values to -2 to 2", Refused(new OnnxFileBuilder().Input("x", -1, -1, 3).Scalar("least", -2).Scalar("most", 2).Node("Clip", "x least most", "out").Output("out", -1, -1, 3)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_GRU_that_an_exporter_of_PyTorch_wrote_wrongly_is_a_warning()
    {
        OnnxFileBuilder Graph(int after) => GraphCases.Gru(after).Output("Y", -1, 1, -1, 4);
        ModelDescription wrong = ModelFormats.Read(Graph(0).File(producer: "pytorch", version: "2.10.0"), ImportOptions.Default);
        Assert.Contains("pytorch 2.10.0 wrote linear_before_reset = 0", Assert.Single(wrong.Warnings), StringComparison.Ordinal);
        Assert.Equal(ResetGate.BeforeProduct, Assert.IsType<GruAttribute>(wrong.Layers[0].Attribute).Reset);
        Assert.Empty(ModelFormats.Read(Graph(1).File(producer: "pytorch", version: "2.10.0"), ImportOptions.Default).Warnings);
        Assert.Empty(ModelFormats.Read(Graph(0).File(producer: "tf2onnx"), ImportOptions.Default).Warnings);
    }

    [Fact]
    public void A_state_that_comes_back_is_the_network_s_own()
    {
        OnnxFileBuilder Graph() => new OnnxFileBuilder().Input("x", 1, -1, 3).Input("h0", 1, 1, 4).Weights("W", 1, 4, 3).Weights("R", 1, 4, 4).Node("Transpose", "x", "xt", ("perm", new[] { 1, 0, 2 }))
            .Node("RNN", ["xt", "W", "R", "", "", "h0"], ["Y", "hn"], ("hidden_size", 4));
        ModelDescription model = Read(Graph().Output("Y", -1, 1, 1, 4).Output("hn", 1, 1, 4));
        Assert.Equal(["Rnn(4, Bias = false)"], SharedOnnxTests.Layers(model));
        Assert.Empty(model.Notes);
        Assert.Contains("zero unless it is set", Assert.Single(Read(Graph().Output("Y", -1, 1, 1, 4)).Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_constant_state_is_learned()
    {
        ModelDescription model = Read(new OnnxFileBuilder().Input("x", -1, 1, 3).Weights("h0", 1, 1, 4).Weights("W", 1, 4, 3).Weights("R", 1, 4, 4)
            .Node("RNN", ["x", "W", "R", "", "", "h0"], ["Y"], ("hidden_size", 4)).Output("Y", -1, 1, 1, 4));
        Assert.True(Assert.IsType<RnnAttribute>(model.Layers[0].Attribute).LearnedState);
    }

    [Theory]
    [InlineData("Selu", "RnnGen has no layer like it")]
    [InlineData("Softmax", "its attribute \"beta\" is not known here")]
    public void What_has_no_layer_is_refused_by_its_name(string operation, string reason)
    {
        var refusal = Refused(GraphCases.Gru().Node(operation, "Y", "out", ("beta", 2f)).Output("out", -1, 1, -1, 4));
        Assert.Equal(("/out", operation), (refusal.Layer, refusal.Operation));
        Assert.Equal(reason, refusal.Reason);
        Assert.Contains("can be read (--subgraph /Y../Y)", refusal.Possible, StringComparison.Ordinal);
    }

    [Fact]
    public void Softmax_before_version_13_is_over_all_axes_from_one_on()
    {
        OnnxFileBuilder Graph() => GraphCases.SqueezedDirection().Output("out", -1, -1, 2);
        Assert.Contains("before version 13 it is over all axes from 1 on", Assert.Throws<UnsupportedLayerException>(() => ModelFormats.Read(new OnnxFileBuilder().Input("x", -1, -1, 3).Weights("W", 1, 4, 3).Weights("R", 1, 4, 4)
            .Node("RNN", ["x", "W", "R"], ["Y"]).Node("Softmax", "Y", "out").Output("out", -1, 1, -1, 4).File(operatorSet: 11), ImportOptions.Default)).Reason, StringComparison.Ordinal);
        Assert.Equal(2, Read(Graph()).OutputSize);
    }

    private static ModelDescription Read(OnnxFileBuilder graph) => ModelFormats.Read(graph.File(), ImportOptions.Default);

    private static UnsupportedLayerException Refused(OnnxFileBuilder graph) => Assert.Throws<UnsupportedLayerException>(() => Read(graph));
}
