using Microsoft.CodeAnalysis;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>The cases of diagnostics beyond the documentation's examples: which ids, and at which text.</summary>
public sealed class DiagnosticCaseTests
{
    private const string Layers = "[Network(20)] [Lstm(64)] ";

    [Theory]
    [InlineData("public static partial class Net;", "RNN003")]
    [InlineData("public sealed partial record Net;", "RNN003")]
    [InlineData("file sealed partial class Net;", "RNN003")]
    [InlineData("public sealed record Net;", "RNN001", "RNN003")]
    [InlineData("internal partial class Net { public void Step() { } public int Load(int slot) => slot; static Net() { } public Net(int x, long y) { } }")]
    [InlineData("internal partial class Net { public void Step(System.ReadOnlySpan<float> a, System.Span<float> b) { } }", "RNN011")]
    [InlineData("internal partial class Net { private class State; }", "RNN011")]
    [InlineData("internal partial class Net { private int Run { get; } }", "RNN011")]
    [InlineData("internal partial class Net : System.IDisposable { public void Dispose() { } }", "RNN011")]
    [InlineData("internal partial class Net : System.IDisposable { void System.IDisposable.Dispose() { } }")]
    [InlineData("internal partial class Net { private int Outputs; }")]
    [InlineData("internal partial class Step;", "RNN011")]
    [InlineData("internal partial class Net<State>;", "RNN011")]
    [InlineData("internal partial class Net<T> where T : class;")]
    [InlineData("internal partial class Net(int x) { public int X => x; }", "RNN012")]
    [InlineData("internal partial class Net(long seed) { public long X => seed; }", "RNN012")]
    [InlineData("internal partial class Net { internal Net() { } }", "RNN012")]
    [InlineData("internal partial class Net { public required int Bands { get; init; } }", "RNN013")]
    [InlineData("internal partial class Net; internal partial class Net { internal int TapeRegions; }", "RNN011")]
    [InlineData("internal partial class Net { internal int Layout, Memory, Create; }")]
    [InlineData("internal partial class Net { internal int Lstm0Units; internal int Avx512; }", "RNN011", "RNN011")]
    [InlineData("internal partial class Net { internal void Lstm0PaddedUnits() { } }", "RNN011")]
    [InlineData("internal partial class Net { internal int Lstm0; internal int Units; }")]
    [InlineData("internal partial class Net : Base; internal class Base { public int Reset; }", "RNN022")]
    [InlineData("internal partial class Net : Base; [Network(3)] [Gru(4)] internal partial class Base;", "RNN022")]
    [InlineData("internal partial class Net : System.Collections.Generic.List<int>;")]
    [InlineData("internal partial class Net : Base; internal class Base { private int Reset; public virtual int Size => 1; public void Step(string name) { } }")]
    [InlineData("internal partial class Net : Base<int>; internal abstract class Base<T> { protected Base(params T[] values) { } }")]
    [InlineData("internal partial class Net : Base; internal class Base(int size) { public int Size => size; }", "RNN022")]
    [InlineData("internal partial class Net : Base; internal class Base { private Base() { } public Base(int size) { } }", "RNN022")]
    [InlineData("internal partial class Net : Base; internal class Base : Deeper; internal class Deeper { protected class State; }", "RNN022")]
    [InlineData("internal partial class Net : System.IO.StringReader { }", "RNN022", "RNN022")]
    [InlineData("internal partial class Net : Base; internal class Base { protected class Vector512; protected class Scratch; protected class NetworkLayout; }")]
    [InlineData("internal partial class Net : System.IFormattable { public string ToString(string? f, System.IFormatProvider? p) => \"\"; }")]
    public void Classes(string declaration, params string[] ids) => AssertIds(Layers + declaration, ids);

    /// <summary>What an error in an attribute must not hide: the rest of what is wrong.</summary>
    [Theory]
    [InlineData("[Network(20)] [Gru(8, Activation = Activation.Relu)]", "use CandidateActivation", "RNN028")]
    [InlineData("[Network(20)] [Gru(8, RecurrentActivation = Activation.Sigmoid)]", "use GateActivation", "RNN028")]
    [InlineData("[Network(20)] [Rnn(8, activation = Activation.Relu)]", "use Activation", "RNN028")]
    [InlineData("[Network(20, Determinstic = true)] [Rnn(8)]", "use Deterministic", "RNN028")]
    [InlineData("[Network(20)] [Rnn(8, Statefulness = true)]", "use one of Activation, ActivationAlpha, ActivationBeta, Direction, ", "RNN028")]
    [InlineData("[Network(20)] [Lstm(8, UseBias = false)] [LastStep] [LastStep]", "use Bias", "RNN028", "RNN015")]
    public void Options_that_there_are_not(string attributes, string advice, params string[] ids)
    {
        var run = GeneratorRun.Of($"using RnnGen;\n{attributes} public sealed partial class Net;");

        Assert.Equal(ids, run.Ids);
        Assert.Contains(advice, run.Diagnostics[0].GetMessage(), StringComparison.Ordinal);
        Assert.Contains(run.CompilerProblems(), problem => problem.Severity == DiagnosticSeverity.Error);
    }

    [Theory]
    [InlineData("[Network(20)] [Lstn(8)]")]
    [InlineData("[Network(20)] [Lstm(\"8\")]")]
    [InlineData("[Network(20)] [Network(20)] [Lstm(8)]")]
    public void What_is_wrong_with_the_class_beside_an_attribute_that_the_compiler_refuses(string attributes)
    {
        var setup = new GeneratorSetup();
        setup.CreateDriver().RunGeneratorsAndUpdateCompilation(setup.Compile($"using RnnGen;\n{attributes} public sealed class Net;"), out _, out var reported);

        Assert.Equal(["RNN001"], reported.Select(diagnostic => diagnostic.Id));
        Assert.Equal(["RNN001"], GeneratorRun.Of($"using RnnGen;\n{attributes} public sealed class Net;").Ids);
    }

    [Theory]
    [InlineData("namespace App; @ class Vector512;")]
    [InlineData("namespace App.Inner { @ } namespace App { enum Unsafe { A } }")]
    [InlineData("namespace App.Inner { @ } namespace App.Unsafe { }")]
    [InlineData("class Scratch; namespace App.Inner { @ }")]
    [InlineData("partial class Outer<Scratch> { @ }")]
    [InlineData("partial class Outer : Base { @ } class Base { public int VectorMath { get; } }")]
    [InlineData("class System; @", "RNN023")]
    [InlineData("class System; namespace App { @ }", "RNN023")]
    [InlineData("namespace App { @ class System; class RnnGen; }")]
    [InlineData("namespace RnnGen.Runtime { class Scratch; class Mine; } namespace App { @ }", "RNN023")]
    [InlineData("namespace RnnGen { class Guard; class Mine; } namespace App { @ }")]
    [InlineData("namespace System { struct Span<T>; } namespace App { @ }", "RNN023")]
    [InlineData("namespace System { file struct Span<T>; } namespace App { @ }")]
    [InlineData("namespace App; @ class Math; class Span<T>; class Simd; class Guard; class Tape; class System;")]
    public void Names_around_a_network(string around, params string[] ids)
    {
        var run = GeneratorRun.Of(around.Replace("@", "[global::RnnGen.Network(20)] [global::RnnGen.Lstm(64)] partial class Net;"));

        Assert.Equal(ids, run.Ids);
        Assert.Equal(ids.Length == 0, run.Sources.Count > 0);
        if (ids.Length == 0)
            run.AssertCompiles();
    }

    [Theory]
    [InlineData("internal class Scratch;")]
    [InlineData("public class Scratch; public class Vector512; public class State;")]
    public void Types_of_other_assemblies_in_the_networks_namespace(string types)
    {
        var other = new GeneratorSetup { AssemblyName = "Other" }.Compile($"namespace App; {types}").ToMetadataReference();
        var run = GeneratorRun.Of(new GeneratorSetup { Others = [other] }, "namespace App; [RnnGen.Network(20)] [RnnGen.Lstm(64)] public partial class Net;");

        Assert.Empty(run.Ids);
        run.AssertCompiles();
    }

    [Theory]
    [InlineData("public partial struct A { @ }")]
    [InlineData("public readonly partial struct A { @ }")]
    [InlineData("public ref partial struct A { @ }")]
    [InlineData("public partial record A { @ }")]
    [InlineData("public partial record struct A { @ }")]
    [InlineData("public partial interface A { @ }")]
    [InlineData("public static partial class A { public partial class B<T> { @ } }")]
    [InlineData("public static class A { public partial class B { @ } }", "RNN002")]
    [InlineData("public class A { public class B { @ } }", "RNN002", "RNN002")]
    [InlineData("file class A { public partial class B { @ } }", "RNN004")]
    public void Containing_types(string around, params string[] ids) => AssertIds(around.Replace("@", Layers + "public partial class Net;"), ids);

    [Theory]
    [InlineData("[Network(0)] [Lstm(1)]", "RNN007")]
    [InlineData("[Network(-3)] [Lstm(-4)]", "RNN007", "RNN007")]
    [InlineData("[Network(int.MinValue)] [Lstm(int.MaxValue)]", "RNN007", "RNN008")]
    [InlineData("[Network(16385)] [Lstm(4)]", "RNN008")]
    [InlineData("[Network(16384)] [Dense(16384)]", "RNN009")]
    [InlineData("[Network(16384)] [Dense(16000)]")]
    [InlineData("[Network(16384)] [Dense(16384, Bias = false)]")]
    [InlineData("[Network(1)] [Rnn(16384)]", "RNN009")]
    [InlineData("[Network(1)] [Lstm(8200)]", "RNN009")]
    [InlineData("[Network(1)] [Gru(8000)]")]
    [InlineData("[Network(1)] [Conv1D(1, 2, Dilation = 16336)]")]
    [InlineData("[Network(1)] [Conv1D(1, 2, Dilation = 16337)]")]
    [InlineData("[Network(1)] [Conv1D(1, 16384, Dilation = 16384)]", "RNN009")]
    [InlineData("[Network(16384)] [Conv1D(1, 16384, Dilation = 16384)]", "RNN009", "RNN009")]
    [InlineData("[Network(1)] [Conv1D(4, 2, Dilation = 1000)] [Conv1D(1, 5, Dilation = 1000)]")]
    [InlineData("[Network] [Lstm(2)]", "RNN007")]
    [InlineData("[Network(OneHot = 0)] [Lstm(2)]", "RNN007")]
    [InlineData("[Network(1)] [LastStep] [LastStep]", "RNN005", "RNN015")]
    [InlineData("[Network(1)] [Lstm(2)] [MeanPool] [MaxPool]", "RNN015")]
    [InlineData("[Network(1)] [MeanPool] [LastStep] [Dense(2)]", "RNN015")]
    [InlineData("[Network(1)] [MeanPool]", "RNN005")]
    [InlineData("[Network(1)] [MaxPool]", "RNN005")]
    [InlineData("[Network(1)] [Dropout(0.5f)]", "RNN005")]
    [InlineData("[Network(1)] [Dropout(0.5f)] [Skip]", "RNN005")]
    [InlineData("[Network(1)] [Conv1D(2, 1)]")]
    [InlineData("[Network(OneHot = 3)] [Embedding(2)]")]
    [InlineData("[Network(1, MaskedState = (MaskedState)7)] [Lstm(2)]", "RNN018")]
    [InlineData("[Network(1, MaskedState = MaskedState.Reset)] [Lstm(2)]")]
    [InlineData("[Network(1, Precision = (Precision)7)] [Lstm(2)]", "RNN018")]
    [InlineData("[Network(1, Precision = Precision.Int8)] [Lstm(2)]")]
    [InlineData("[Network(1)] [Conv1D(8, 1, Dilation = 9)]", "RNN041")]
    [InlineData("[Network(1)] [Conv1D(8, 1, Padding = ConvPadding.Same)]", "RNN041")]
    [InlineData("[Network(1)] [Conv1D(8, 2, Padding = ConvPadding.Same)]")]
    [InlineData("[Network(1)] [Conv1D(8, 2, Dilation = 9)]")]
    [InlineData("[Network(1)] [Lstm(2, Direction = (Direction)9)]", "RNN018")]
    [InlineData("[Network(1)] [MeanPool] [Conv1D(2, 2)]", "RNN014")]
    [InlineData("[Network(1)] [MeanPool] [Dropout(0.5f)] [Dense(2, Activation.Softmax)]")]
    [InlineData("[Network(2)] [Lstm(2)] [Skip] [Dense(1)]", "RNN024")]
    [InlineData("[Network(2)] [Lstm(2)] [LastStep] [Skip]", "RNN024")]
    [InlineData("[Network(2)] [Lstm(2, Direction = Direction.Bidirectional)] [Skip]", "RNN024")]
    [InlineData("[Network(2)] [Lstm(2, Direction = Direction.Bidirectional, Merge = Merge.Sum)] [Skip]")]
    [InlineData("[Network(OneHot = 3)] [Lstm(2)] [Skip]", "RNN024")]
    [InlineData("[Network(OneHot = 3)] [Lstm(2)] [Embedding(3)]", "RNN025")]
    [InlineData("[Network(OneHot = 3)] [MeanPool] [Dense(3)]", "RNN027")]
    [InlineData("[Network(1)] [Dropout(1f)] [Lstm(2)]", "RNN040")]
    [InlineData("[Network(1)] [Dropout(-0.1f)] [Lstm(2)]", "RNN040")]
    [InlineData("[Network(1)] [Lstm(2, RecurrentDropout = float.NaN)]", "RNN040")]
    [InlineData("[Network(1)] [Lstm(2, Merge = Merge.Sum)]", "RNN041")]
    [InlineData("[Network(1)] [Conv1D(2, 0)]", "RNN007")]
    [InlineData("[Network(1)] [Conv1D(2, 2, Dilation = 0)]", "RNN007")]
    [InlineData("[Network(16384)] [Conv1D(2, 16384)]", "RNN009")]
    [InlineData("[Network(16384)] [Lstm(16384, Direction = Direction.Bidirectional)]", "RNN009")]
    [InlineData("[Network(1)] [LastStep] [Lstm(2)] [Gru(2)]", "RNN014", "RNN014")]
    [InlineData("[Network(1)] [Dense(2, Activation.Softmax)] [Lstm(2)]")]
    [InlineData("[Network(1)] [Conv1D(2, 3, Activation.Softmax)] [Activation(Activation.Softmax)] [Dense(1)]")]
    [InlineData("[Network(1)] [Activation(Activation.Relu)]", "RNN005")]
    [InlineData("[Network(2)] [LayerNorm]")]
    [InlineData("[Network(2)] [Dense(2)] [Activation((Activation)99)]", "RNN018")]
    [InlineData("[Network(2)] [Dense(2)] [Activation(Activation.Tanh, ActivationAlpha = 2)]", "RNN041")]
    [InlineData("[Network(OneHot = 2)] [LayerNorm] [Dense(2)]", "RNN027")]
    [InlineData("[Network(OneHot = 2)] [Activation(Activation.Tanh)] [Dense(2)]", "RNN027")]
    [InlineData("[Network(1)] [Dense(2, Activation.Softmax)]")]
    [InlineData("[Network(1)] [Rnn(2, Activation = Activation.Softmax)]", "RNN017")]
    [InlineData("[Network(1)] [Rnn(2, Activation = Activation.Linear)] [Dense(2)]")]
    [InlineData("[Network(1)] [Lstm(2, GateActivation = Activation.Softmax)]", "RNN017")]
    [InlineData("[Network(1)] [Gru(2, CandidateActivation = Activation.Softmax)] [Dense(2)]", "RNN017")]
    [InlineData("[Network(1)] [Gru(2, CandidateActivation = (Activation)99, Reset = (ResetGate)7)]", "RNN018", "RNN018")]
    [InlineData("[Network(1)] [Lstm(2, Projection = 0)]", "RNN007")]
    [InlineData("[Network(1)] [Lstm(2, Projection = -1, Clip = 0)]", "RNN007", "RNN040")]
    [InlineData("[Network(1)] [Rnn(2, Clip = float.NaN)]", "RNN040")]
    [InlineData("[Network(1)] [Gru(2, Clip = float.PositiveInfinity)]", "RNN040")]
    [InlineData("[Network(1)] [Lstm(2, CellClip = -1)]", "RNN040")]
    [InlineData("[Network(1)] [Lstm(2, ForgetBias = float.NaN)]", "RNN040")]
    [InlineData("[Network(1)] [Lstm(2, ForgetBias = -1)]")]
    [InlineData("[Network(1)] [Lstm(2, ForgetBias = 1, Bias = false)]", "RNN041")]
    [InlineData("[Network(1)] [Lstm(2, ForgetBias = 1, CoupledGates = true)]", "RNN041")]
    [InlineData("[Network(1)] [Lstm(2, ForgetBias = 1, CoupledGates = false, Bias = true)]")]
    [InlineData("[Network(1)] [Rnn(2, ActivationAlpha = 1)]", "RNN041")]
    [InlineData("[Network(1)] [Rnn(2, Activation = Activation.Elu, ActivationAlpha = 2)]")]
    [InlineData("[Network(1)] [Rnn(2, Activation = Activation.Elu, ActivationBeta = 2)]", "RNN041")]
    [InlineData("[Network(1)] [Rnn(2, Activation = Activation.Affine, ActivationAlpha = float.NegativeInfinity)]", "RNN040")]
    [InlineData("[Network(1)] [Lstm(2, CellActivation = Activation.HardSigmoid, CellAlpha = 0.3f, CellBeta = 0.1f, GateBeta = 0)]", "RNN041")]
    [InlineData("[Network(1)] [Dense(2, Activation.Sigmoid, ActivationAlpha = 2)]", "RNN041")]
    [InlineData("[Network(1)] [Dense(2, Activation.LeakyRelu, ActivationAlpha = 2)]")]
    [InlineData("[Network(1)] [Lstm(7000, Projection = 16)]")]
    [InlineData("[Network(1)] [Lstm(16384, Projection = 16)]")]
    [InlineData("[Network(1)] [Rnn(2, Activation = (Activation)(-1))]", "RNN018")]
    [InlineData("[Network(1)] [Rnn(2, Name = \"\")]", "RNN019")]
    [InlineData("[Network(1)] [Rnn(2, Name = \" \")]", "RNN019")]
    [InlineData("[Network(1)] [Rnn(2, Name = \"a/b\")]", "RNN019")]
    [InlineData("[Network(1)] [Rnn(2, Name = \"né\")]", "RNN019")]
    [InlineData("[Network(1)] [Rnn(2, Name = \"-.-\")]", "RNN019")]
    [InlineData("[Network(1)] [Rnn(2, Name = \"a{0}b\")]", "RNN019")]
    [InlineData("[Network(1)] [Rnn(2, Name = \"0123456789012345678901234567890123456789012345678901234567890123\")]")]
    [InlineData("[Network(1)] [Rnn(2, Name = \"01234567890123456789012345678901234567890123456789012345678901234\")]", "RNN019")]
    [InlineData("[Network(1)] [Rnn(2, Name = null)]")]
    [InlineData("[Network(1)] [Rnn(2, Name = \"a\")] [Gru(2, Name = \"a\")]", "RNN020")]
    [InlineData("[Network(1)] [Rnn(2, Name = \"enc-1\")] [Gru(2, Name = \"Enc.1\")]", "RNN020")]
    [InlineData("[Network(1)] [Rnn(2, Name = \"gru1\")] [Gru(2)]", "RNN020")]
    [InlineData("[Network(1)] [Rnn(16)] [Rnn(20)] [Rnn(21)] [Rnn(100)] [Dense(33)]", "RNN100", "RNN100")]
    [InlineData("[Network(3), Lstm(4), Dense(2)]")]
    [InlineData("[Network(3)] [Gru(4)] [Dense(2, From = [\"gru0\", \"input\"])]")]
    [InlineData("[Network(3)] [Gru(4)] [Dense(2, From = new[] { \"gru0\", \"input\" })]")]
    [InlineData("[Network(3)] [Gru(4)] [Dense(2, From = null)]")]
    [InlineData("[Network(3)] [Gru(4)] [Dense(2, From = [])]", "RNN085")]
    [InlineData("[Network(3)] [Gru(4)] [Dense(2, From = [null!])]", "RNN080")]
    [InlineData("[Network(3)] [Gru(4)] [Dense(2, From = [\"\"])]", "RNN080")]
    [InlineData("[Network(3)] [Gru(4)] [Dense(2, From = [\"Gru0\"])]", "RNN080")]
    [InlineData("[Network(3)] [Gru(4)] [Dense(2, From = [\"gru0\", \"a\", \"b\"])]", "RNN080", "RNN080")]
    [InlineData("[Network(3)] [Gru(4, From = [\"gru0\"])]", "RNN081")]
    [InlineData("[Network(3)] [Gru(4, From = [\"input\", \"dense1\"])] [Dense(2)]", "RNN081")]
    [InlineData("[Network(3)] [Gru(4)] [Gru(4, From = [\"input\"])] [Dense(2)]", "RNN082")]
    [InlineData("[Network(3)] [Gru(4)] [Dropout(0.5f)] [Dense(2, From = [\"gru0\"])]", "RNN082")]
    [InlineData("[Network(3)] [Gru(4)] [Add]", "RNN085")]
    [InlineData("[Network(3)] [Gru(4)] [Multiply(From = [\"gru0\"])]", "RNN085")]
    [InlineData("[Network(3)] [Gru(4)] [Concat(From = [])]", "RNN085")]
    [InlineData("[Network(4)] [Gru(4)] [Add(From = [\"gru0\", \"input\"])]")]
    [InlineData("[Network(4)] [Gru(4)] [Multiply(From = [\"gru0\", \"gru0\"])]")]
    [InlineData("[Network(3)] [Gru(4)] [Multiply(From = [\"gru0\", \"input\"])]", "RNN083")]
    [InlineData("[Network(3)] [Gru(4, Direction = Direction.Bidirectional)] [Gru(4, From = [\"input\"])] [Add(From = [\"gru0\", \"gru1\"])]", "RNN083")]
    [InlineData("[Network(3)] [Gru(4)] [Concat(From = [\"gru0\", \"input\"])] [Add(From = [\"concat1\", \"gru0\"])]", "RNN083")]
    [InlineData("[Network(3)] [Gru(4)] [LastStep] [Dense(2, From = [\"laststep1\", \"input\"])]", "RNN084")]
    [InlineData("[Network(3)] [Gru(4)] [MaxPool] [Add(From = [\"gru0\", \"maxpool1\"])]", "RNN084")]
    [InlineData("[Network(3)] [Gru(4)] [LastStep] [MeanPool(From = [\"gru0\"])] [Gru(2, From = [\"laststep1\", \"meanpool2\"])]", "RNN014")]
    [InlineData("[Network(3)] [Gru(4)] [LastStep] [MeanPool(From = [\"gru0\"])] [LastStep(From = [\"laststep1\", \"meanpool2\"])]", "RNN015")]
    [InlineData("[Network(3)] [Gru(4)] [LastStep] [Rnn(3, From = [\"gru0\"])] [LastStep] [Add(From = [\"laststep1\", \"laststep3\"])]", "RNN083")]
    [InlineData("[Network(3)] [Gru(4, Name = \"input\")] [Dense(2)]")]
    [InlineData("[Network(3)] [Gru(4, Name = \"input\")] [Dense(2, From = [\"input\"])]", "RNN086")]
    [InlineData("[Network(OneHot = 5)] [Gru(4)] [Dense(2, From = [\"gru0\", \"input\"])]", "RNN087")]
    [InlineData("[Network(OneHot = 5)] [Gru(5)] [Add(From = [\"gru0\", \"input\"])]", "RNN027")]
    [InlineData("[Network(OneHot = 5)] [Gru(5)] [Embedding(5, From = [\"input\"])] [Add(From = [\"gru0\", \"embedding1\"])]")]
    [InlineData("[Network(OneHot = 5)] [Gru(5)] [Embedding(5)]", "RNN025")]
    [InlineData("[Network(OneHot = 5)] [Gru(5)] [LastStep(From = [\"input\"])] [Dense(2, From = [\"gru0\"])]", "RNN027", "RNN082")]
    [InlineData("[Network(3)] [Dense(3)] [Skip(From = [\"dense0\", \"input\"])]", "RNN024")]
    [InlineData("[Network(3)] [Gru(4, IsOutput = true)] [Dense(2, IsOutput = true)]")]
    [InlineData("[Network(3)] [Gru(4)] [Dense(2, IsOutput = true)]")]
    [InlineData("[Network(3)] [Gru(4, IsOutput = true)] [Dense(2)]", "RNN082")]
    [InlineData("[Network(3)] [Gru(4, IsOutput = false)] [Dense(2)]")]
    [InlineData("[Network(3)] [Gru(4, Name = \"outputs\", IsOutput = true)] [Dense(2, Name = \"equals\", IsOutput = true)] [Dense(2, Name = \"1st\", IsOutput = true)]")]
    [InlineData("[Network(3)] [Gru(4, IsOutput = true)] [LastStep] [Dense(2, IsOutput = true)]", "RNN088")]
    public void Layer_attributes(string attributes, params string[] ids) => AssertIds(attributes + " public sealed partial class Net;", ids);

    [Fact]
    public void Outputs_is_the_name_of_a_member_where_layers_are_outputs() =>
        AssertIds("[Network(2)] [Lstm(3, IsOutput = true)] [Dense(2, IsOutput = true)] partial class Net { private int Outputs; }", ["RNN011"]);

    [Theory]
    [InlineData("[Network(2)] [Lstm(3)] [NativeExport] partial class Net;")]
    [InlineData("[Network(2)] [Lstm(3)] [NativeExport(4)] partial class Net;")]
    [InlineData("[Network(2)] [Lstm(3)] [NativeExport(\"a\")] [NativeExport(\"b\")] partial class Net;")]
    [InlineData("[Network(2)] [Lstm] partial class Net;")]
    [InlineData("[Network(2)] [Lsmt(3)] partial class Net;")]
    [InlineData("[Network(1 / 0)] [Lstm(3)] partial class Net;")]
    [InlineData("[Network(\"2\")] [Lstm(3.5)] partial class Net;")]
    [InlineData("[Network(2)] [Lstm(int.MaxValue + 1)] partial class Net;")]
    [InlineData("[Network(2)] [Lstm(3, Name = 4)] partial class Net;")]
    [InlineData("[Network(2)] [Network(3)] [Lstm(3)] partial class Net;")]
    [InlineData("[Network(2)] [Lstm(3)] partial struct Net;")]
    [InlineData("[Network(2)] [Lstm(3)] partial interface Net;")]
    [InlineData("[Network(2)] [Lstm(3)] enum Net { A }")]
    [InlineData("[Network(2)] [Lstm(3)] delegate void Net();")]
    [InlineData("[RnnGen.Layer] [Network(2)] partial class Net;")]
    public void Where_the_compiler_already_complains_RnnGen_is_silent(string source)
    {
        var run = GeneratorRun.Of("using RnnGen;\n" + source);

        Assert.Empty(run.Ids);
        Assert.Empty(run.Sources);
        Assert.NotEmpty(run.CompilerProblems());
    }

    [Theory]
    [InlineData("[Network(20)] [Lstm(0)] partial class Net;", "Lstm(0)")]
    [InlineData("[Network(0)] [Lstm(1)] partial class Net;", "Network(0)")]
    [InlineData("[Network(20)] [Lstm(1)] class Net;", "Net")]
    [InlineData("[Network(20)] [Lstm(1)] partial class Net { int TapeRegions; }", "TapeRegions")]
    [InlineData("[Gru(3), Lstm(1)] partial class Net;", "Gru(3)")]
    public void A_diagnostic_is_where_the_cause_is(string source, string text)
    {
        var location = Assert.Single(GeneratorRun.Of("using RnnGen;\n" + source).Diagnostics).Location;

        Assert.Equal(text, location.SourceTree!.GetText().ToString(location.SourceSpan));
    }

    [Theory]
    [InlineData("[Network(OneHot = 0)] [Lstm(2)]", "'Net' has OneHot = 0 in [Network]; use a size of at least 1")]
    [InlineData("[Network(0)] [Lstm(2)]", "'Net' has InputSize = 0 in [Network]; use a size of at least 1")]
    [InlineData("[Network(1, MaskedState = (MaskedState)7)] [Lstm(2)]", "MaskedState = 7 in [Network], which is not a member of MaskedState; use one of Hold, Reset")]
    [InlineData("[Network(1)] [Dropout(1)] [Lstm(2)]", "'Net' has Rate = 1 in [Dropout]; Rate must be at least 0 and less than 1")]
    [InlineData("[Network(1)] [Lstm(2, Merge = Merge.Sum)]", "no effect in one direction; omit Merge, or set Direction = Direction.Bidirectional")]
    [InlineData("[Network(3)] [Gru(4, Name = \"a\")] [Dense(2)] [Add(From = [\"a\", \"b\"])]", "'Net' names \"b\" in the From of [Add], but it has no such layer; use one of input, a, dense1")]
    [InlineData("[Network(3)] [Gru(4)] [Dense(2)] [Add(From = [\"gru0\", \"dense1\"])]", "vectors of different sizes, 'gru0' of 4, 'dense1' of 2; use layers of one size")]
    [InlineData("[Network(3)] [Gru(4, From = [\"gru0\"])]", "which is that layer itself, but a layer can read earlier layers only; use one of input")]
    [InlineData("[Network(1)] [Conv1D(8, 1, Dilation = 9)]", "no effect with a single tap; omit Dilation, or use a kernelSize of at least 2")]
    public void A_message_names_what_was_written(string attributes, string part)
    {
        var diagnostic = Assert.Single(GeneratorRun.Of($"using RnnGen;\n{attributes} public sealed partial class Net;").Diagnostics);

        Assert.EndsWith(part, diagnostic.GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_that_is_too_large_says_what_takes_it()
    {
        var diagnostic = Assert.Single(GeneratorRun.Of("using RnnGen;\n[Network(16000)] [Conv1D(1, 2, Dilation = 7800)] public sealed partial class Net;").Diagnostics);

        Assert.Matches("needs [0-9]+ floats of memory \\(weights [0-9]+, states 249[0-9]+, a batch's scratch [0-9]+\\), but at most", diagnostic.GetMessage());
    }

    [Theory]
    [InlineData("[Network(16383)] [Conv1D(1, 16384, Dilation = 16384)]",
        "needs 4397509656576 floats of state per stream, but at most 2147483575 are supported; use fewer or smaller layers")]
    public void A_state_that_is_too_large_says_how_large(string attributes, string part)
    {
        var diagnostic = Assert.Single(GeneratorRun.Of($"using RnnGen;\n{attributes} public sealed partial class Net;").Diagnostics);

        Assert.EndsWith(part, diagnostic.GetMessage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("20", "float", "net.Step(frames.AsSpan(), output)")]
    [InlineData("20", "float", "net.Step(ref streams[0], frames, output)")]
    [InlineData("20", "float", "net.Step(streams, frames, output)")]
    [InlineData("20", "float", "net.Step(streams, frames, output, [true])")]
    [InlineData("OneHot = 20", "int", "net.Step(frames[0], output)")]
    [InlineData("OneHot = 20", "int", "net.Step(ref streams[0], frames[0], output)")]
    [InlineData("OneHot = 20", "int", "net.Step(streams, frames, output)")]
    public void A_network_that_goes_in_reverse_has_steps_of_no_kind(string input, string frame, string call)
    {
        var run = GeneratorRun.Of($$"""
            using System;
            using RnnGen;
            [Network({{input}})] [Lstm(64, Direction = Direction.Reverse)] public sealed partial class Net;
            public static class Listener
            {
                public static void Hear(Net net, Net.State[] streams, {{frame}}[] frames, float[] output) => {{call}};
            }
            """);

        Assert.Equal(["RNN030"], run.Ids);
        Assert.Empty(run.CompilerProblems());
    }

    [Fact]
    public void A_pragma_silences_advice()
    {
        var advice = GeneratorRun.Of("using RnnGen;\n[Network(20)]\n[Lstm(33)]\npublic sealed partial class Net;");
        var silenced = GeneratorRun.Of("using RnnGen;\n#pragma warning disable RNN100\n[Network(20)]\n[Lstm(33)]\npublic sealed partial class Net;");

        Assert.Equal(["RNN100"], advice.Ids);
        Assert.Empty(silenced.Ids);
        Assert.NotEmpty(silenced.Sources);
    }

    [Fact]
    public void Attributes_of_other_libraries_with_the_same_names_mean_nothing()
    {
        var run = GeneratorRun.Of("""
            namespace Other;
            public sealed class NetworkAttribute(int size) : System.Attribute { public int Size => size; }
            public class LayerAttribute : System.Attribute;
            public sealed class LstmAttribute : LayerAttribute;
            [Network(2)] [Lstm] public class Net;
            """);

        Assert.Empty(run.Ids);
        Assert.Empty(run.Sources);
    }

    private static void AssertIds(string source, string[] ids)
    {
        var run = GeneratorRun.Of("using RnnGen;\n" + source);

        Assert.Equal(ids.Order(StringComparer.Ordinal), run.Ids.Order(StringComparer.Ordinal));
        if (ids.All(id => id == "RNN100"))
            Assert.NotEmpty(run.Sources);
    }
}
