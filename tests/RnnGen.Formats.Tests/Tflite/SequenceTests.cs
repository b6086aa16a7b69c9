using RnnGen.Cli.Verification;

namespace RnnGen.Formats.Tests.Tflite;

/// <summary>The fused recurrent operators with each option, against their equations.</summary>
public sealed class SequenceTests
{
    private static readonly Dictionary<string, SequenceOptions> Options = new()
    {
        ["plain"] = new(),
        ["peepholes"] = new() { Peepholes = true },
        ["coupled gates"] = new() { Couples = true },
        ["coupled gates with peepholes"] = new() { Couples = true, Peepholes = true },
        ["projection"] = new() { Projection = 2 },
        ["a clipped cell"] = new() { CellClip = 0.3f },
        ["a clipped cell with peepholes"] = new() { CellClip = 0.2f, Peepholes = true },
        ["time first"] = new() { TimeMajor = true },
        ["ReLU"] = new() { Activation = 1, CellClip = 2 },
        ["no activation"] = new() { Activation = 0 },
        ["all"] = new() { Peepholes = true, Couples = true, Projection = 3, CellClip = 0.3f, TimeMajor = true },
    };

    public static TheoryData<string> Lstms => [.. Options.Keys];

    [Theory]
    [MemberData(nameof(Lstms))]
    public void An_LSTM_is_its_equations(string options) => AssertIsItsEquations(SequenceFile.Lstm(Options[options]));

    [Theory]
    [InlineData("plain", true)]
    [InlineData("time first", false)]
    [InlineData("all", true)]
    public void A_bidirectional_LSTM_is_its_equations(string options, bool merges) => AssertIsItsEquations(SequenceFile.Lstm(Options[options], directions: 2, merges));

    [Theory]
    [InlineData("plain", 1, true)]
    [InlineData("ReLU", 1, true)]
    [InlineData("time first", 1, true)]
    [InlineData("plain", 2, true)]
    [InlineData("no activation", 2, false)]
    public void A_plain_recurrent_layer_is_its_equations(string options, int directions, bool merges) => AssertIsItsEquations(SequenceFile.Rnn(Options[options], directions, merges));

    /// <summary>Each change says another network, or one that RnnGen does not have.</summary>
    [Theory]
    [InlineData("it normalises its gates", 20)]
    [InlineData("its projection has a bias", 17)]
    [InlineData("is not a variable that starts at zero", 18)]
    [InlineData("expected no recurrent weights of the input gate", 1)]
    public void An_input_that_no_layer_has_is_refused(string reason, int input)
    {
        SequenceFile file = SequenceFile.Lstm(Options["projection"]);
        file.Inputs[input] = input == 1 ? -1 : file.Writer.Weights("another", [input == 17 ? 2 : 4], input == 17 ? [1, 0] : [1, 1, 1, 1]);
        Refused(file, new() { [0] = (byte)4 }, reason);
    }

    [Fact]
    public void A_bias_of_zeros_of_a_projection_is_none()
    {
        SequenceFile file = SequenceFile.Lstm(Options["projection"]);
        file.Inputs[17] = file.Writer.Weights("nothing", [2], [0, 0]);
        Assert.Equal(2, ModelFormats.Read(Again(file, new() { [0] = (byte)4 }), ImportOptions.Default).OutputSize);
    }

    [Theory]
    [InlineData("its fused activation is number 3", 0, (byte)3)]
    [InlineData("its proj_clip is 0.5", 2, 0.5f)]
    [InlineData("its cell_clip is -1", 1, -1f)]
    [InlineData("its recurrent weights are diagonal", 5, (byte)1)]
    [InlineData("its option 6 is newer than this reader supports", 6, (byte)1)]
    public void An_option_that_no_layer_has_is_refused(string reason, int option, object value)
    {
        SequenceFile file = SequenceFile.Lstm(Options["projection"]);
        Refused(file, new() { [option] = value }, reason);
    }

    [Fact]
    public void A_state_that_two_operators_share_is_refused()
    {
        SequenceFile file = SequenceFile.Rnn(Options["plain"]);
        int again = file.Writer.Tensor("again", [1, SequenceFile.Steps, SequenceFile.Units]);
        file.Writer.Operator(35, [.. file.Inputs], [again], 31, new() { [1] = (byte)4 });
        var refusal = Assert.Throws<UnsupportedLayerException>(() => ModelFormats.Read(file.Writer.File([file.Inputs[0]], [again]), ImportOptions.Default));
        Assert.Contains("it shares its state \"h0\"", refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_input_of_both_directions_is_refused()
    {
        SequenceFile file = SequenceFile.Lstm(Options["plain"], directions: 2);
        file.Inputs[39] = file.Inputs[0];
        ModelFile again = Again(file, new() { [0] = (byte)4, [3] = (byte)1, [4] = (byte)0 });
        Assert.Contains("it has a second input", Assert.Throws<UnsupportedLayerException>(() => ModelFormats.Read(again, ImportOptions.Default)).Message, StringComparison.Ordinal);
    }

    private static void AssertIsItsEquations(SequenceFile file)
    {
        using Imported imported = Imported.Of(new ModelFile("a test", file.Bytes()));
        float[] x = RandomInputs.Of(imported.Model, 2 * SequenceFile.Steps, 1);
        double[] expected = file.Expected(x);
        ModelVerifier.Compare("the evaluator", expected, Array.ConvertAll(new ModelEvaluator(imported.Model).Run(x), value => (float)value), 1e-6);
        ModelVerifier.Compare("the network", expected, imported.Network.Run(x), 1e-5);
    }

    /// <summary>The file with other inputs and options of its operator.</summary>
    private static ModelFile Again(SequenceFile file, FlatFields options) => file.Writer.Change([.. file.Inputs], options).File([file.Inputs[0]], [.. file.Outputs]);

    private static void Refused(SequenceFile file, FlatFields options, string reason)
    {
        var refusal = Assert.Throws<UnsupportedLayerException>(() => ModelFormats.Read(Again(file, options), ImportOptions.Default));
        Assert.Equal(("UNIDIRECTIONAL_SEQUENCE_LSTM", "output0"), (refusal.Operation, refusal.Layer));
        Assert.Contains(reason, refusal.Reason, StringComparison.Ordinal);
    }
}
