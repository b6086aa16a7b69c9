namespace RnnGen.Formats.Tests.Dl4j;

/// <summary>Networks come back from the file that Deeplearning4j would write of them.</summary>
public sealed class Dl4jFormatTests
{
    private const string Preprocessor = "\"@class\":\"org.deeplearning4j.nn.conf.preprocessor.";

    [Fact]
    public void LSTM_and_output()
    {
        ModelDescription model = RandomModel.Of(3, new LstmAttribute(4), new DenseAttribute(2, Activation.Softmax));
        var file = new Dl4jFile();
        ModelDescription read = AssertSame(model, file.Chain("", file.Recurrent("LSTM", model.Layers[0], "TanH"), file.Dense("RnnOutputLayer", model.Layers[1], "Softmax")));
        Assert.Equal(MaskedState.Reset, read.MaskedState);
        Assert.Equal("Deeplearning4j's LSTM \"a\"", read.Layers[0].Comment);
    }

    [Fact]
    public void GravesLSTM_with_other_activations()
    {
        ModelDescription model = RandomModel.Of(3, new LstmAttribute(4)
        {
            Peephole = true,
            GateActivation = Activation.HardSigmoidOnnx,
            CandidateActivation = Activation.Softsign,
            CellActivation = Activation.Softsign,
        });
        var file = new Dl4jFile();
        AssertSame(model, file.Chain("", file.Recurrent("GravesLSTM", model.Layers[0], "SoftSign", "HardSigmoid")));
    }

    [Fact]
    public void GravesBidirectionalLSTM_sums()
    {
        ModelDescription model = RandomModel.Of(3, new LstmAttribute(4) { Peephole = true, Direction = Direction.Bidirectional, Merge = Merge.Sum });
        var file = new Dl4jFile();
        string layer = file.Recurrent("GravesBidirectionalLSTM", model.Layers[0], "TanH");
        file.Recurrent("", model.Layers[0], "TanH", suffix: "_reverse"); // the second half of its parameters
        AssertSame(model, file.Chain("", layer));
    }

    [Theory]
    [InlineData("CONCAT", Merge.Concat)]
    [InlineData("ADD", Merge.Sum)]
    [InlineData("AVERAGE", Merge.Average)]
    [InlineData("MUL", Merge.Multiply)]
    public void Bidirectional(string mode, Merge merge)
    {
        ModelDescription model = RandomModel.Of(3, new RnnAttribute(4) { Direction = Direction.Bidirectional, Merge = merge });
        var file = new Dl4jFile();
        AssertSame(model, file.Chain("", file.Both(model.Layers[0], mode, layer => layer)));
    }

    [Fact]
    public void Bidirectional_around_last_steps()
    {
        ModelDescription model = RandomModel.Of(3, new RnnAttribute(4) { Direction = Direction.Bidirectional }, new LastStepAttribute(), new DenseAttribute(2));
        var file = new Dl4jFile();
        AssertSame(model, file.Chain("", file.Both(model.Layers[0], "CONCAT", file.Last), file.Dense("OutputLayer", model.Layers[2], "Identity")));
    }

    [Fact]
    public void The_last_step_of_both_directions_merged_is_refused()
    {
        ModelDescription model = RandomModel.Of(3, new RnnAttribute(4) { Direction = Direction.Bidirectional }, new LastStepAttribute());
        var file = new Dl4jFile();
        Assert.Contains("at the last step the reverse direction has seen that step alone", Refused(file.Chain("", file.Last(file.Both(model.Layers[0], "CONCAT", layer => layer)))), StringComparison.Ordinal);
    }

    [Fact]
    public void Embedding_pooling_and_changes_of_shape()
    {
        ModelDescription model = RandomModel.Of(
            9, true, new EmbeddingAttribute(4), new LstmAttribute(5), new DenseAttribute(3, Activation.LeakyRelu) { ActivationAlpha = 0.3f }, new MaxPoolAttribute(), new ActivationAttribute(Activation.Softmax));
        var file = new Dl4jFile();
        ModelDescription read = AssertSame(model, file.Chain(
            $"\"2\":{{{Preprocessor}RnnToFeedForwardPreProcessor\",\"rnnDataFormat\":\"NCW\"}},\"3\":{{{Preprocessor}FeedForwardToRnnPreProcessor\"}}",
            file.Dense("EmbeddingSequenceLayer", model.Layers[0], "Identity"),
            file.Recurrent("LSTM", model.Layers[1], "TanH"),
            file.Dense("DenseLayer", model.Layers[2], "LReLU", ",\"alpha\":0.3"),
            file.Object("GlobalPoolingLayer", "\"poolingType\":\"MAX\",\"collapseDimensions\":true,\"pnorm\":2,\"idropout\":{\"@class\":\"org.deeplearning4j.nn.conf.dropout.Dropout\",\"p\":0.5}"),
            file.Object("LossLayer", $"\"activationFn\":{Dl4jFile.Function("Softmax")}")));
        Assert.Contains("Dropout and noise of the layers were left out: inference does not use them.", read.Notes);
    }

    [Fact]
    public void An_embedding_with_a_bias_is_a_dense_layer_over_classes()
    {
        ModelDescription model = RandomModel.Of(9, true, new DenseAttribute(4, Activation.Tanh), new RnnAttribute(5));
        var file = new Dl4jFile();
        AssertSame(model, file.Chain("", file.Dense("EmbeddingLayer", model.Layers[0], "TanH"), file.Recurrent("SimpleRnn", model.Layers[1], "TanH")));
    }

    [Fact]
    public void A_graph_with_branches_and_two_outputs()
    {
        ModelDescription model = RandomModel.Of(
            3,
            new RnnAttribute(4) { Name = "one" },
            new RnnAttribute(4) { Name = "two", From = ["input"] },
            new AddAttribute { Name = "sum", From = ["one", "two"], IsOutput = true },
            new ConcatAttribute { Name = "all", From = ["sum", "one"] },
            new DenseAttribute(2) { Name = "head", IsOutput = true });
        var file = new Dl4jFile();
        string one = file.Recurrent("SimpleRnn", model.Layers[0], "TanH"), two = file.Recurrent("SimpleRnn", model.Layers[1], "TanH");
        string graph = """
            {"networkInputs":["in"],"networkOutputs":["sum","head"],"vertices":{
              "head":{"@class":"org.deeplearning4j.nn.conf.graph.LayerVertex","layerConf":{"layer":HEAD},"preProcessor":null,"outputVertex":true},
              "one":{"@class":"org.deeplearning4j.nn.conf.graph.LayerVertex","layerConf":{"layer":ONE},"preProcessor":null},
              "two":{"@class":"org.deeplearning4j.nn.conf.graph.LayerVertex","layerConf":{"layer":TWO},"preProcessor":null},
              "sum":{"@class":"org.deeplearning4j.nn.conf.graph.ElementWiseVertex","op":"Add"},
              "all":{"@class":"org.deeplearning4j.nn.conf.graph.MergeVertex","mergeAxis":1}},
             "vertexInputs":{"one":["in"],"two":["in"],"sum":["one","two"],"all":["sum","one"],"head":["all"]}ORDER}
            """.Replace("ONE", one, StringComparison.Ordinal).Replace("TWO", two, StringComparison.Ordinal).Replace("HEAD", file.Dense("RnnOutputLayer", model.Layers[4], "Identity"), StringComparison.Ordinal);
        AssertSame(model, file.Write(graph.Replace("ORDER", "", StringComparison.Ordinal)));
        AssertSame(model, file.Write(graph.Replace("ORDER", ",\"topologicalOrder\":[0,2,3,4,5,1],\"topologicalOrderStr\":[\"in\",\"one\",\"two\",\"sum\",\"all\",\"head\"]", StringComparison.Ordinal)));
        ModelDescription turned = ModelFormats.Read(file.Write(graph.Replace("ORDER", ",\"topologicalOrderStr\":[\"in\",\"two\",\"one\",\"sum\",\"all\",\"head\"]", StringComparison.Ordinal)), ImportOptions.Default);
        Assert.Equal(model.Layers[0].Find("weight_ih")!.Values, turned.Layers[0].Find("weight_ih")!.Values);
        Assert.Equal("Deeplearning4j's SimpleRnn \"a\"", turned.Layers[0].Comment);
        Assert.Equal(["rnn1", "rnn0"], turned.Layers[2].Attribute.From!); // the sum reads "one", which is the second now
    }

    /// <summary>Versions before 1.0: <c>{"gravesLSTM": {…}}</c>, <c>{"TanH": {}}</c>, and ones that name a function.</summary>
    [Fact]
    public void Old_configurations()
    {
        ModelDescription model = RandomModel.Of(3, new LstmAttribute(4) { Peephole = true }, new DenseAttribute(2, Activation.Softmax));
        var file = new Dl4jFile();
        file.Recurrent("", model.Layers[0], "");
        file.Dense("", model.Layers[1], "");
        AssertSame(model, file.Chain(
            "\"1\":{\"rnnToFeedForward\":{}}",
            "{\"gravesLSTM\":{\"activationFn\":{\"TanH\":{}},\"nin\":3,\"nout\":4,\"updater\":\"RMSPROP\",\"dropOut\":0.0}}",
            "{\"rnnoutput\":{\"activationFunction\":\"softmax\",\"nIn\":4,\"nOut\":2,\"lossFunction\":\"MCXENT\"}}"));
    }

    [Theory]
    [InlineData("org.deeplearning4j.nn.conf.layers.ConvolutionLayer", "", "ConvolutionLayer \"layer 0\": RnnGen has no layer like it")]
    [InlineData("com.example.LSTM", "", "it is not a class of Deeplearning4j")]
    [InlineData("org.deeplearning4j.nn.conf.layers.DenseLayer", ",\"hasLayerNorm\":true", "it is normalised")]
    [InlineData("org.deeplearning4j.nn.conf.layers.DenseLayer", ",\"later\":{\"a\":1}", "its option \"later\" is not supported: {\"a\":1}")]
    [InlineData("org.deeplearning4j.nn.conf.layers.DenseLayer", ",\"nin\":-3", "expected a number nIn of at least 1")]
    [InlineData("org.deeplearning4j.nn.conf.layers.DenseLayer", "", "coefficients.bin: expected 6 more values from 0 on, got 0")]
    [InlineData("org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer", ",\"poolingType\":\"PNORM\"", "its pooling is \"PNORM\", expected AVG or MAX")]
    [InlineData("org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional", ",\"mode\":\"XOR\"", "its mode is \"XOR\"")]
    [InlineData("org.deeplearning4j.nn.conf.layers.ActivationLayer", ",\"activationFn\":{\"@class\":\"org.nd4j.linalg.activations.impl.ActivationCube\"}", "RnnGen has no activation \"Cube\"")]
    [InlineData("org.deeplearning4j.nn.conf.layers.ActivationLayer", ",\"activationFn\":{\"@class\":\"org.nd4j.linalg.activations.impl.ActivationReLU\",\"max\":6.0}", "its ReLU has a maximum or a threshold")]
    public void What_RnnGen_has_not_is_refused(string type, string fields, string expected)
    {
        string sizes = type.EndsWith("DenseLayer", StringComparison.Ordinal) ? ",\"activationFn\":{\"Identity\":{}}" + (fields.Contains("nin", StringComparison.Ordinal) ? ",\"nout\":2" : ",\"nin\":3,\"nout\":2") : "";
        Assert.Contains(expected, Refused(new Dl4jFile().Chain("", $"{{\"@class\":\"{type}\"{sizes}{fields}}}")), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_no_layer_takes_are_refused()
    {
        ModelDescription model = RandomModel.Of(3, new DenseAttribute(2));
        var file = new Dl4jFile();
        string layer = file.Dense("DenseLayer", model.Layers[0], "Identity");
        file.Dense("DenseLayer", model.Layers[0], "Identity");
        Assert.Contains("coefficients.bin: expected 8 values, as many as the layers have, got 16", Refused(file.Chain("", layer)), StringComparison.Ordinal);
    }

    private static string Refused(ModelFile file) => Assert.ThrowsAny<FormatException>(() => ModelFormats.Read(file, ImportOptions.Default)).Message;

    private static ModelDescription AssertSame(ModelDescription expected, ModelFile file)
    {
        ModelDescription actual = ModelFormats.Read(file, ImportOptions.Default);
        Assert.Equal(expected.Layers.Select(layer => layer.Attribute.GetType()), actual.Layers.Select(layer => layer.Attribute.GetType()));
        var random = new Random(3);
        float[] input = [.. Enumerable.Range(0, 7 * (expected.IsOneHot ? 1 : expected.InputSize)).Select(_ => expected.IsOneHot ? random.Next(expected.InputSize) : (2 * random.NextSingle()) - 1)];
        double[] outputs = new ModelEvaluator(actual).Run(input);
        foreach ((double one, double other) in new ModelEvaluator(expected).Run(input).Zip(outputs))
            Assert.Equal(one, other, 1e-6);
        Assert.Equal(new ModelEvaluator(expected).Run(input).Length, outputs.Length);
        return actual;
    }
}
