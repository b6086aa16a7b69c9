using Microsoft.CodeAnalysis.CodeFixes;
using RnnGen.CodeFixes;

namespace RnnGen.Generator.Tests.CodeFixes;

/// <summary>What an editor offers for the diagnostics that have one answer.</summary>
public sealed class CodeFixTests
{
    private const string Header = """{"dense0.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"dense0.bias":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""";

    [Fact]
    public Task Partial_is_added_in_all_places() => FixTest<AddPartialFix>.Check(
        """
        /// <summary>Stays where it is.</summary>
        [Network(20)]
        [Lstm(64)]
        public sealed class {|RNN001:First|};

        [Network(20)]
        [Lstm(64)]
        // and this
        class {|RNN001:Second|};
        """,
        """
        /// <summary>Stays where it is.</summary>
        [Network(20)]
        [Lstm(64)]
        public sealed partial class First;

        [Network(20)]
        [Lstm(64)]
        // and this
        partial class Second;
        """);

    [Fact]
    public Task Partial_is_added_around_a_network() => FixTest<AddPartialFix>.Check(
        """
        public static class Outer
        {
            [Network(20)]
            [Lstm(64)]
            public sealed partial class {|RNN002:Net|};
        }
        """,
        """
        public static partial class Outer
        {
            [Network(20)]
            [Lstm(64)]
            public sealed partial class Net;
        }
        """);

    [Theory]
    [InlineData("public abstract partial class {|RNN003:Net|};", "public sealed partial class Net;")]
    [InlineData("static partial class {|RNN003:Net|};", "sealed partial class Net;")]
    public Task A_class_is_sealed(string before, string after) =>
        FixTest<MakeSealedFix>.Check("[Network(20)]\n[Lstm(64)]\n" + before, "[Network(20)]\n[Lstm(64)]\n" + after);

    [Fact]
    public Task A_second_end_of_time_is_removed() => FixTest<RemoveSecondEndFix>.Check(
        """
        [Network(20)]
        [Lstm(64)]
        [LastStep]
        [{|RNN015:MeanPool|}]
        [Dense(10)]
        public sealed partial class Net;
        """,
        """
        [Network(20)]
        [Lstm(64)]
        [LastStep]
        [Dense(10)]
        public sealed partial class Net;
        """);

    [Fact]
    public Task A_softmax_moves_into_the_last_dense_layer() => FixTest<MoveSoftmaxFix>.Check(
        """
        [Network(20)]
        [{|RNN017:Rnn(64, Activation = Activation.Softmax, Bias = false)|}]
        [LastStep]
        [Dense(10, Bias = false)]
        [NativeExport("net")]
        public sealed partial class Net;
        """,
        """
        [Network(20)]
        [Rnn(64, Bias = false)]
        [LastStep]
        [Dense(10, Activation.Softmax, Bias = false)]
        [NativeExport("net")]
        public sealed partial class Net;
        """);

    [Fact]
    public Task A_softmax_moves_behind_the_last_layer() => FixTest<MoveSoftmaxFix>.Check(
        """
        public static partial class Outer
        {
            /// <summary>A network.</summary>
            [Network(20)]
            [{|RNN017:Lstm(64, CellActivation = Activation.Softmax)|}]
            public sealed partial class Net;
        }
        """,
        """
        public static partial class Outer
        {
            /// <summary>A network.</summary>
            [Network(20)]
            [Lstm(64)]
            [Activation(Activation.Softmax)]
            public sealed partial class Net;
        }
        """);

    [Fact]
    public Task From_names_the_two_layers_before() => FixTest<SetFromFix>.Check(
        """
        [Network(8)]
        [Gru(8, Name = "one")]
        [Gru(8)]
        [{|RNN085:Add|}]
        public sealed partial class Net;
        """,
        """
        [Network(8)]
        [Gru(8, Name = "one")]
        [Gru(8)]
        [Add(From = ["one", "gru1"])]
        public sealed partial class Net;
        """);

    [Fact]
    public Task From_names_the_layer_that_was_meant() => FixTest<NameInsteadFix>.Check(
        """
        [Network(8)]
        [Gru(8, Name = "features")]
        [{|RNN080:Dense(8, From = ["input", "feature"])|}]
        public sealed partial class Net;
        """,
        """
        [Network(8)]
        [Gru(8, Name = "features")]
        [Dense(8, From = ["input", "features"])]
        public sealed partial class Net;
        """);

    [Fact]
    public Task Weights_name_the_file_of_the_project() => FixTest<NameInsteadFix>.Check(
        """
        [{|RNN060:Network(2, Weights = "digits.safetensors")|}]
        [Dense(1)]
        public sealed partial class Net;
        """,
        """
        [Network(2, Weights = "weights/digits.safetensors")]
        [Dense(1)]
        public sealed partial class Net;
        """,
        ("obj/0.rnngen-weights", $"weights/digits.safetensors\n{Header}\n12"));

    [Theory]
    [InlineData("Lstm(64, {|RNN028:Activation|} = Activation.Relu)", "Lstm(64, CandidateActivation = Activation.Relu, CellActivation = Activation.Relu)")]
    [InlineData("Gru(64, Bias = false, {|RNN028:activation|} = Activation.Relu)", "Gru(64, Bias = false, CandidateActivation = Activation.Relu)")]
    [InlineData("Lstm(64, {|RNN028:Activation|} = Activation.Relu, CellActivation = Activation.Elu)", "Lstm(64, CandidateActivation = Activation.Relu, CellActivation = Activation.Elu)")]
    [InlineData("Rnn(64, {|RNN028:use_bias|} = false)", "Rnn(64, Bias = false)")]
    public Task Options_are_named_as_they_are_here(string before, string after) => FixTest<OptionNameFix>.Check(
        $"[Network(20)]\n[{before}]\npublic sealed partial class Net;", $"[Network(20)]\n[{after}]\npublic sealed partial class Net;");

    [Fact]
    public async Task Without_one_answer_there_is_no_fix()
    {
        string record = "[Network(20)]\n[Lstm(64)]\npublic sealed partial record {|RNN003:Net|};";
        await FixTest<MakeSealedFix>.Check(record, record);
        string option = "[Network(20)]\n[Lstm(64, {|RNN028:Statefulness|} = true)]\npublic sealed partial class Net;";
        await FixTest<OptionNameFix>.Check(option, option);
        string name = "[Network(8)]\n[{|RNN080:Dense(8, From = [\"encoder\"])|}]\npublic sealed partial class Net;";
        await FixTest<NameInsteadFix>.Check(name, name);
    }

    /// <summary>An editor finds a fix by its attributes alone.</summary>
    [Fact]
    public void Every_fix_is_exported()
    {
        Type[] fixes = [.. typeof(NetworkFix).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(NetworkFix)))];
        Assert.Equal(7, fixes.Length);
        Assert.All(fixes, fix => Assert.Single(fix.GetCustomAttributes(typeof(ExportCodeFixProviderAttribute), inherit: false)));
        Assert.All(fixes, fix => Assert.Single(fix.GetCustomAttributes(typeof(System.Composition.SharedAttribute), inherit: false)));
    }
}
