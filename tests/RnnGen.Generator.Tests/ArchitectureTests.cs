using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Reading;
using RnnGen.Generator.Spec;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>
/// The text that says what a network computes. It is in files that exist: a text that is written here never changes without a new
/// <c>ArchitectureText.Key</c>.
/// </summary>
public sealed class ArchitectureTests
{
    /// <summary>Options that inference does not know. A new option that is not among them must change the text.</summary>
    private static readonly string[] OfTraining =
    [
        "NetworkAttribute.Training", "NetworkAttribute.Precision", "NetworkAttribute.Activations", "NetworkAttribute.Deterministic", "NetworkAttribute.Weights", "LayerAttribute.Name",
        "RecurrentLayerAttribute.RecurrentDropout", "DropoutAttribute.Rate", "LstmAttribute.ForgetBias",
    ];

    /// <summary>Those among them that training knows.</summary>
    private static readonly string[] OfNoise = ["RecurrentLayerAttribute.RecurrentDropout", "DropoutAttribute.Rate"];

    /// <summary>What an option needs beside it to have an effect.</summary>
    private static readonly Dictionary<string, string> Needs = new()
    {
        ["Merge"] = "Direction = Direction.Bidirectional",
        ["ActivationAlpha"] = "Activation = Activation.Affine",
        ["ActivationBeta"] = "Activation = Activation.Affine",
        ["GateAlpha"] = "GateActivation = Activation.Affine",
        ["GateBeta"] = "GateActivation = Activation.Affine",
        ["CandidateAlpha"] = "CandidateActivation = Activation.Affine",
        ["CandidateBeta"] = "CandidateActivation = Activation.Affine",
        ["CellAlpha"] = "CellActivation = Activation.Affine",
        ["CellBeta"] = "CellActivation = Activation.Affine",
    };

    /// <summary>Layers that read one thing only, and layers that cannot do without a <c>From</c>.</summary>
    private static readonly string[] WithoutFrom = ["Embedding"], Joins = ["Add", "Multiply", "Concat"];

    /// <summary>Each property of each attribute that may be on a network.</summary>
    public static TheoryData<string, string> Options
    {
        get
        {
            var data = new TheoryData<string, string>();
            var layers = typeof(LayerAttribute).Assembly.GetExportedTypes()
                .Where(type => type is { IsAbstract: false } && (type.IsSubclassOf(typeof(LayerAttribute)) || type == typeof(NetworkAttribute)));
            foreach (var type in layers)
                foreach (var property in type.GetProperties().Where(property => property.Name != nameof(Attribute.TypeId) && !IsWithoutFrom(type, property)))
                    data.Add(type.Name, property.Name);
            return data;
        }
    }

    private static bool IsWithoutFrom(Type attribute, PropertyInfo property) => property.Name == nameof(LayerAttribute.IsOutput) // a fact of its own tells it
        || (property.Name == nameof(LayerAttribute.From) && WithoutFrom.Contains(attribute.Name[..^"Attribute".Length]));

    [Theory]
    [InlineData("[Network(20)] [Lstm(64)] [LastStep] [Dense(10, Activation.Softmax)]",
        "Network(InputSize = 20); Lstm(Units = 64); LastStep; Dense(Activation = Softmax, Units = 10)")]
    [InlineData(
        "[Network(OneHot = 65, MaskedState = MaskedState.Reset)] [Embedding(8)] [Gru(4, Reset = ResetGate.BeforeProduct, Clip = 0.1f)] [Dense(2)]",
        "Network(MaskedState = Reset, OneHot = 65); Embedding(Units = 8); Gru(Clip = 0.1, Reset = BeforeProduct, Units = 4); Dense(Units = 2)")]
    [InlineData(
        "[Network(4)] [Conv1D(6, 3, Activation.LeakyRelu, Dilation = 2, Bias = false)] [MaxPool] "
            + "[Dense(2, Activation.HardSigmoid, ActivationBeta = 1e-5f)]",
        "Network(InputSize = 4); Conv1D(Activation = LeakyRelu, ActivationAlpha = 0.01, Bias = false, Dilation = 2, KernelSize = 3, Units = 6); MaxPool; "
            + "Dense(Activation = HardSigmoid, ActivationAlpha = 0.16666667, ActivationBeta = 1E-05, Units = 2)")]
    [InlineData("[Network(3)] [Lstm(5, Peephole = true, Projection = 2, Direction = Direction.Bidirectional, Merge = Merge.Sum, LayerNorm = true, CellClip = 3, "
        + "CandidateActivation = Activation.Elu, LearnedState = true)] [MeanPool] [Dense(1)]",
        "Network(InputSize = 3); Lstm(CandidateActivation = Elu, CandidateAlpha = 1, CellClip = 3, Direction = Bidirectional, LayerNorm = true, "
            + "LearnedState = true, Merge = Sum, Peephole = true, Projection = 2, Units = 5); MeanPool; Dense(Units = 1)")]
    [InlineData("[Network(3)] [Rnn(2, Activation = Activation.Relu, Direction = Direction.Reverse)] [Dense(3)] [Skip]",
        "Network(InputSize = 3); Rnn(Activation = Relu, Direction = Reverse, Units = 2); Dense(Units = 3); Skip")]
    [InlineData("[Network(3)] [Dense(4, Name = \"a\")] [Gru(4, From = [\"a\"])] [Rnn(5, From = [\"input\", \"a\", \"input\"])] [Add(From = [\"a\", \"gru1\"])] "
        + "[Dense(1, From = [\"add3\", \"rnn2\"])]",
        "Network(InputSize = 3); Dense(Units = 4); Gru(Units = 4); Rnn(From = [input, 0, input], Units = 5); Add(From = [0, 1]); "
            + "Dense(From = [3, 2], Units = 1)")]
    public void A_text_stays_as_it_is(string attributes, string text)
    {
        Assert.Equal(text, Inference(attributes));
        Assert.Equal(text, Training(attributes));
    }

    [Theory]
    [InlineData("[Network(3)] [Lstm(2, RecurrentDropout = 0.2f, ForgetBias = 1, Name = \"a\")] [Dropout(0.5f)] [LastStep] [Dropout(0.25f)] [Dense(2)]")]
    [InlineData("[Network(3, Training = false, Precision = Precision.Int8, Deterministic = true, Weights = \"a.safetensors\")] [Lstm(2)] [LastStep] [Dense(2)]")]
    public void Neither_training_nor_names_are_in_it(string attributes) =>
        Assert.Equal("Network(InputSize = 3); Lstm(Units = 2); LastStep; Dense(Units = 2)", Inference(attributes));

    [Fact]
    public void What_training_computes_is_in_the_checkpoint_s() => Assert.Equal(
        "Network(InputSize = 3); Lstm(RecurrentDropout = 0.2, Units = 2); Dropout(Rate = 0.5); LastStep; Dense(Units = 2)",
        Training("[Network(3)] [Lstm(2, RecurrentDropout = 0.2f, ForgetBias = 1, Name = \"a\")] [Dropout(0.5f)] [LastStep] [Dense(2)]"));

    [Fact]
    public void What_layers_read_is_told_without_dropout()
    {
        const string Attributes = "[Network(3)] [Gru(2)] [Dropout(0.5f)] [Dense(2, From = [\"dropout1\", \"input\"])] [Dropout(0.5f, From = [\"gru0\", \"dense2\"])] "
            + "[Dense(2)] [Add(From = [\"dense4\", \"dropout1\"])]";
        Assert.Equal(
            "Network(InputSize = 3); Gru(Units = 2); Dense(From = [0, input], Units = 2); Concat(From = [0, 1]); Dense(Units = 2); Add(From = [3, 0])",
            Inference(Attributes));
        Assert.Equal(
            "Network(InputSize = 3); Gru(Units = 2); Dropout(Rate = 0.5); Dense(From = [1, input], Units = 2); Dropout(From = [0, 2], Rate = 0.5); Dense(Units = 2); "
                + "Add(From = [4, 1])",
            Training(Attributes));
    }

    [Fact]
    public void Several_outputs_are_in_the_text_and_the_last_layer_alone_is_not()
    {
        const string One = "[Network(3)] [Gru(2)] [Dense(1)]";
        Assert.Equal(Inference(One), Inference("[Network(3)] [Gru(2)] [Dense(1, IsOutput = true)]"));
        Assert.Equal(
            "Network(InputSize = 3); Gru(IsOutput = true, Units = 2); Dense(IsOutput = true, Units = 1)",
            Inference("[Network(3)] [Gru(2, IsOutput = true)] [Dense(1, IsOutput = true)]"));
        Assert.Equal(
            "Network(InputSize = 3); Gru(Units = 2); Concat(IsOutput = true); Dense(IsOutput = true, Units = 1)",
            Inference("[Network(3)] [Gru(2)] [Dropout(0.5f, IsOutput = true)] [Dense(1, IsOutput = true)]"));
    }

    /// <summary>Who adds an option has it in the text, or says that inference does not know it.</summary>
    [Theory]
    [MemberData(nameof(Options))]
    public void Each_option_changes_the_text_or_is_on_the_list(string attribute, string option)
    {
        var property = typeof(LayerAttribute).Assembly.GetType("RnnGen." + attribute)!.GetProperty(option)!;
        string name = $"{property.DeclaringType!.Name}.{option}";
        var (byDefault, others) = Network(attribute, property);
        Assert.NotEmpty(others);
        foreach (string other in others)
        {
            Assert.Equal(OfTraining.Contains(name), Inference(byDefault) == Inference(other));
            Assert.Equal(OfTraining.Contains(name) && !OfNoise.Contains(name), Training(byDefault) == Training(other));
        }
    }

    /// <summary>An option that says what is so anyhow is not in the text: with what a property holds unless set, the text is that without it.</summary>
    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_with_its_default_is_as_if_it_were_not_given(string attribute, string option)
    {
        var type = typeof(LayerAttribute).Assembly.GetType("RnnGen." + attribute)!;
        var property = type.GetProperty(option)!;
        if (property.SetMethod is null || option is "Name" or "From" or "Weights" or "OneHot")
            return; // An argument of the constructor, or nothing that could be written.
        object value = property.GetValue(Create(type))!;
        if (value is 0 or 0f)
            return; // "None", which an attribute cannot say.
        string given = Network(attribute, $"{option} = {Literal(value)}", Needs.GetValueOrDefault(option));
        Assert.Equal(Inference(Network(attribute, Needs.GetValueOrDefault(option))), Inference(given));
        Assert.Equal(Training(Network(attribute, Needs.GetValueOrDefault(option))), Training(given));
    }

    [Theory]
    [InlineData("Activation.LeakyRelu, ActivationAlpha = 0.01f", "Activation.LeakyRelu")]
    [InlineData("Activation.HardSigmoid, ActivationAlpha = 1f / 6, ActivationBeta = 0.5f", "Activation.HardSigmoid")]
    [InlineData("Activation.Affine, ActivationBeta = -0f", "Activation.Affine, ActivationAlpha = 1")]
    public void The_default_of_a_number_is_as_if_it_were_not_given(string given, string not) =>
        Assert.Equal(Inference($"[Network(2)] [Dense(1, {not})]"), Inference($"[Network(2)] [Dense(1, {given})]"));

    [Fact]
    public void Layers_count_and_their_order_too()
    {
        string[] networks =
        [
            "[Network(3)] [Gru(3)] [Rnn(3)]", "[Network(3)] [Rnn(3)] [Gru(3)]", "[Network(3)] [Gru(3)] [Rnn(3)] [Rnn(3)]", "[Network(3)] [Gru(3)] [Rnn(4)]",
            "[Network(3)] [Gru(3)] [Dense(3)] [LastStep]", "[Network(3)] [Gru(3)] [LastStep] [Dense(3)]", "[Network(3)] [Gru(3)] [MeanPool] [Dense(3)]",
        ];
        Assert.Equal(networks.Length, networks.Select(Inference).Distinct().Count());
    }

    [Fact]
    public void No_culture_changes_it()
    {
        var before = CultureInfo.CurrentCulture;
        string invariant = Inference("[Network(3)] [Rnn(2, Clip = 0.25f)]");
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NegativeSign = "~";
        try
        {
            CultureInfo.CurrentCulture = culture;
            Assert.Equal(invariant, Inference("[Network(3)] [Rnn(2, Clip = 0.25f)]"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Every_float_has_a_text_that_is_read_as_it()
    {
        float[] values = [0.1f, 1f / 3, 16777216, 3.4028235E+38f, 1E-45f, 123456.7f, 0.30000001f];
        foreach (float value in values)
        {
            string text = Inference($"[Network(3)] [Rnn(2, Clip = {Literal(value)})]");
            string clip = text.Split("Clip = ")[1].Split([',', ')'])[0];
            Assert.Equal(value, float.Parse(clip, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The network with an option as it is unless set (or as its constructor must have it), and the same with other values.</summary>
    private static (string ByDefault, IReadOnlyList<string> Others) Network(string attribute, PropertyInfo property)
    {
        string? needed = Needs.GetValueOrDefault(property.Name);
        if (property.SetMethod is null)
        {
            string parameter = char.ToLowerInvariant(property.Name[0]) + property.Name[1..];
            return (Network(attribute), [.. Values(property).Select(value => Network(attribute, null, null, $"{parameter}: {value}"))]);
        }

        string[] others = property.Name == "OneHot" ? ["5"] : [.. Values(property)];
        return (Network(attribute, needed), [.. others.Select(value => Network(attribute, $"{property.Name} = {value}", needed))]);
    }

    /// <summary>Values that differ from the default, as they are written.</summary>
    private static IEnumerable<string> Values(PropertyInfo property)
    {
        var type = property.ReflectedType!;
        object? byDefault = property.GetValue(Create(type));
        if (property.PropertyType.IsEnum)
        {
            return Enum.GetValues(property.PropertyType).Cast<object>()
                .Where(value => !value.Equals(byDefault) && !value.Equals(Activation.Softmax)).Select(Literal);
        }

        return property.PropertyType == typeof(bool) ? [Literal(!(bool)byDefault!)]
            : property.PropertyType == typeof(string) ? ["\"other.safetensors\""]
            : property.PropertyType == typeof(int) ? ["7"]
            : property.PropertyType == typeof(float) ? ["0.375f"]
            : property.PropertyType == typeof(string[]) ? ["[\"input\", \"input\", \"input\"]"]
            : [];
    }

    private static object Create(Type type)
    {
        var constructor = type.GetConstructors().OrderBy(candidate => candidate.GetParameters().Length).Last();
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => parameter.HasDefaultValue ? parameter.DefaultValue
            : parameter.ParameterType == typeof(int) ? 3 : parameter.ParameterType == typeof(Activation) ? Activation.Linear : (object)0.5f)]);
    }

    private static string Literal(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        float number => number.ToString("R", CultureInfo.InvariantCulture) + "f",
        Enum member => $"{member.GetType().Name}.{member}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    /// <summary>A network that has the attribute, with some arguments.</summary>
    private static string Network(string attribute, string? option = null, string? needed = null, string? argument = null)
    {
        string kind = attribute[..^"Attribute".Length];
        string[] own = kind switch
        {
            "Network" => option?.StartsWith("OneHot", StringComparison.Ordinal) == true ? [] : [argument ?? "inputSize: 3"],
            "Conv1D" => ["units: 3", "kernelSize: 3"],
            "Dropout" => ["rate: 0.5f"],
            "Activation" => (needed ?? option)?.StartsWith("Activation = ", StringComparison.Ordinal) == true ? [] : ["activation: Activation.Linear"],
            "LastStep" or "MeanPool" or "MaxPool" or "Skip" or "LayerNorm" => [],
            _ when Joins.Contains(kind) => option?.StartsWith("From", StringComparison.Ordinal) == true ? [] : ["From = [\"input\", \"input\"]"],
            _ => ["units: 3"],
        };
        // The parameter of the argument that differs takes the place of its own.
        string parameter = argument?.Split(':')[0] + ":";
        var arguments = own.Where(each => argument is null || !each.StartsWith(parameter, StringComparison.Ordinal))
            .Append(argument).Append(needed).Append(option).OfType<string>().Distinct().Select(each => Positional(kind, each)).OrderBy(each => each.Contains('=', StringComparison.Ordinal) ? 1 : 0);
        string written = $"[{kind}({string.Join(", ", arguments)})]";
        return kind switch
        {
            "Network" => written + " [Rnn(2)]",
            "Embedding" => "[Network(OneHot = 3)] " + written + " [Rnn(2)]",
            "Skip" => "[Network(9)] [Rnn(3)] " + written.Replace("input", "rnn0", StringComparison.Ordinal),
            _ => "[Network(3)] " + written + (kind is "LastStep" or "MeanPool" or "MaxPool" or "Dropout" or "Activation" or "LayerNorm" || Joins.Contains(kind) ? " [Dense(2)]" : " [Dense(3)]"),
        };
    }

    /// <summary>The activation of a dense layer or a convolution is an argument of its constructor.</summary>
    private static string Positional(string kind, string argument) =>
        kind is "Dense" or "Conv1D" or "Activation" ? argument.Replace("Activation = ", "activation: ", StringComparison.Ordinal) : argument;

    private static string Inference(string attributes) => Write(ArchitectureWriter.OfInference, Parse(attributes));

    private static string Training(string attributes) => Write(ArchitectureWriter.OfTraining, Parse(attributes));

    private static string Write(Func<NetworkSpec, LayerCatalogue, IReadOnlyList<Part>, string> write, NetworkSpec spec) =>
        write(spec, LayerCatalogue.Default, NetworkGraph.Of(spec, LayerCatalogue.Default));

    private static NetworkSpec Parse(string attributes)
    {
        var compilation = new GeneratorSetup().Compile($"{attributes} partial class Net;", "global using RnnGen;");
        var type = compilation.GetSymbolsWithName("Net", SymbolFilter.Type).OfType<INamedTypeSymbol>().Single();
        var result = SpecParser.Parse(type, compilation, LayerCatalogue.Default, files: null, CancellationToken.None);
        Assert.True(result.Spec is not null, $"{attributes}: {string.Join("\n", result.Diagnostics)}{string.Join("\n", compilation.GetDiagnostics())}");
        return result.Spec!;
    }
}
