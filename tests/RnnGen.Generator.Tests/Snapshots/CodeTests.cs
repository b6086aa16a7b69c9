using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests.Snapshots;

/// <summary>
/// Generated code as a reviewer reads it: small networks, each named for what it shows, and of each the files that show it. All of it compiles.
/// </summary>
[UsesVerify]
public sealed class CodeTests
{
    private const string Surface = "Net.g.cs";

    [Fact]
    public Task OneLstm() => Match("[Network(4)] [Lstm(16)]", ["Avx512.Inference.g.cs", "Avx512.Training.g.cs"]);

    [Fact]
    public Task GruThenDense() => Match("[Network(4)] [Gru(4)] [Dense(4)]", ["Avx512.Training.g.cs"]);

    [Fact]
    public Task HiddenNotMultipleOfLanes() => Match("[Network(3)] [Rnn(17)]", ["Layout.g.cs", "Avx512.Inference.g.cs"]);

    /// <summary>The first layer's padding is part of its only vector, the second's of several.</summary>
    [Fact]
    public Task PaddedGradients() => Match("[Network(1)] [Rnn(3)] [Rnn(17, Activation = Activation.Relu)]", ["Avx2.Training.g.cs"]);

    [Fact]
    public Task NestedInGeneric() => Match(
        "[Network(1)] [Rnn(4)]", ["Net{class}.g.cs"], "namespace App.@new; public partial class Outer<T> where T : notnull { # private protected partial class Net<@class>; }");

    [Fact]
    public Task InferenceOnly() => Match("[Network(1, Training = false)] [Dense(4, Activation.Sigmoid)]", [Surface]);

    [Fact]
    public Task ManyToOne() => Match("[Network(2)] [Rnn(4)] [LastStep] [Dense(3, Activation.Softmax)]", ["Portable.Inference.g.cs"]);

    [Fact]
    public Task StackedRnn() => Match("[Network(2)] [Rnn(4)] [Rnn(4, Activation = Activation.Relu)]", ["Portable.Inference.g.cs"]);

    [Fact]
    public Task BothDirections() => Match("[Network(2)] [Rnn(4, Direction = Direction.Bidirectional)] [LastStep] [Dense(2)]", [Surface, "Avx512.Inference.g.cs", "Avx512.Training.g.cs"]);

    [Fact]
    public Task OneHot() => Match("[Network(OneHot = 5)] [Gru(4)]", [Surface, "Avx2.Inference.g.cs", "Avx2.Training.g.cs"]);

    [Fact]
    public Task NoiseAndPast() => Match("[Network(2)] [Conv1D(4, 3, Dilation = 2)] [Rnn(4, RecurrentDropout = 0.5f, LearnedState = true)] [Dropout(0.2f)]", ["Layout.g.cs", "Portable.Training.g.cs"]);

    [Fact]
    public Task LayerNorm() => Match("[Network(2)] [Rnn(4, LayerNorm = true)]", ["Avx512.Inference.g.cs", "Avx512.Training.g.cs"]);

    [Fact]
    public Task EightBits() => Match("[Network(50, Precision = Precision.Int8, Training = false)] [Rnn(16)]", ["Layout.g.cs", "Avx512.Inference.g.cs"]);

    [Fact]
    public Task HalfFloats() => Match("[Network(65, Precision = Precision.BFloat16, Training = false)] [Dense(16)]", [Surface, "Avx2.Inference.g.cs"]);

    [Fact]
    public Task SameBits() => Match("[Network(2, Deterministic = true, Training = false)] [Gru(4)]", ["Portable.Inference.g.cs"]);

    [Fact]
    public Task NamedLayers() => Match("[Network(2)] [Gru(4, Name = \"enc.1\")] [Dense(4, Name = \"1st-head\")]", ["Layout.g.cs"]);

    /// <summary>Two outputs, one of which another layer reads, and an input that stands beside others.</summary>
    [Fact]
    public Task Graph() => Match(
        "[Network(2)] [Rnn(4, Name = \"state\")] [Dense(1, Activation.Sigmoid, Name = \"gate\", IsOutput = true)] [Dense(3, Activation.Softmax, Name = \"class\", " +
            "From = [\"state\", \"gate\", \"input\"], IsOutput = true)]",
        [Surface, "Layout.g.cs", "Portable.Inference.g.cs"]);

    /// <summary>Compares some of a network's files, all in one snapshot.</summary>
    private static Task Match(
        string attributes, string[] files, string source = "namespace App; # public sealed partial class Net;",
        [System.Runtime.CompilerServices.CallerMemberName] string method = "")
    {
        var run = GeneratorRun.Of("global using RnnGen;\n" + source.Replace("#", attributes, StringComparison.Ordinal)).AssertCompiles();
        Assert.Empty(NakedNumbers.Of(run.Output));
        var texts = files.Select(file => run.Sources.Single(generated => generated.Name.EndsWith(file, StringComparison.Ordinal)));
        return Snapshot.Match(string.Join("\n", texts.Select(text => $"// {text.Name}\n{text.Source}")), "cs", method: method);
    }
}
