using RnnGen.Runtime;
using System.Globalization;
using RnnGen.Generator.Cells;
using RnnGen.Generator.Cells.Own;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Ir;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Planning;

/// <summary>
/// Writes what a network computes as one line of text, which goes into files of weights and into checkpoints and is compared with that of the network that
/// reads them. It depends on attributes alone, with defaults resolved: neither on names nor on how the network is planned and printed. It is a file format:
/// files that are there have it, so what is written for a network stays as it is (a change takes another <see cref="ArchitectureText.Key"/>).
/// </summary>
/// <remarks>
/// A layer is its kind and its options by name. An option is left out where it has its default, so that a later version may bring a new one, and where its
/// <see cref="LayerKind"/> says that it is none of this text's. α and β are written with their activation, whether they are given or not. What a layer reads is
/// written where it is not the layer before it: <c>From = [0, input]</c>, layers by their places in this text.
/// </remarks>
internal static class ArchitectureWriter
{
    // Nine digits tell any two floats apart.
    private const int FloatDigits = 9;

    /// <summary>What inference computes of a dropout that reads several layers.</summary>
    private const string Joined = "Concat";

    /// <summary>What it computes of a dropout before [LastStep] that others read: the identity, after which the last step is not that with which a direction ends.</summary>
    private const string Identity = "Activation";

    /// <summary>What inference computes.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="catalogue">The layers there are.</param>
    /// <param name="graph">Its parts.</param>
    public static string OfInference(NetworkSpec spec, LayerCatalogue catalogue, IReadOnlyList<Part> graph) => Write(spec, catalogue, graph, training: false);

    /// <summary>What training computes: dropout as well.</summary>
    /// <inheritdoc cref="OfInference"/>
    public static string OfTraining(NetworkSpec spec, LayerCatalogue catalogue, IReadOnlyList<Part> graph) => Write(spec, catalogue, graph, training: true);

    /// <summary>What of a user's cell stands in the text: its equations with the options that it has of its own say the same as those options.</summary>
    private static readonly string[] OfOwnCells = ["Units", .. OwnCellOptions.OfRecurrent];

    private static string Write(NetworkSpec spec, LayerCatalogue catalogue, IReadOnlyList<Part> graph, bool training)
    {
        var kinds = spec.Layers.Select(layer => catalogue.Find(layer) ?? throw new ArgumentException($"no layer kind '{layer.Kind}'")).ToList();
        var sources = spec.Layers.Select((_, index) => LayerSources.Of(spec.Layers, index)).ToList();
        var written = Enumerable.Range(0, kinds.Count).Where(index => training || !IsThrough(index)).ToList();
        return string.Join(
            ArchitectureText.Separator,
            written.Select((index, place) => training || kinds[index].Role != LayerRole.Dropout
                ? Entry(kinds[index].Name, [.. Options(spec.Layers[index], kinds[index], training), .. Equations(spec.Layers[index], graph), .. From(index, place)])
                : Entry(sources[index].Count == 1 && HidesEnds(index) ? Identity : Joined, From(index, place))).Prepend(Entry("Network", Options(spec))));

        // Inference does not know dropout, but for its putting vectors side by side.
        bool IsThrough(int index) => kinds[index].Role == LayerRole.Dropout && sources[index].Count == 1 && !(spec.NamesOutputs && spec.IsOutput(index)) && !HidesEnds(index);

        // A dropout that others read as well is not moved behind [LastStep] (see LayerOrder).
        bool HidesEnds(int index) => GoesBack(sources[index][0]) && sources.Sum(read => read.Count(source => source == index)) > 1
            && sources.Where((read, reader) => kinds[reader].Role == LayerRole.LastStep && read.Count == 1 && read[0] == index).Any();

        bool GoesBack(int index) => index >= 0 && (kinds[index].Role == LayerRole.Dropout && sources[index].Count == 1
            ? GoesBack(sources[index][0])
            : spec.Layers[index].Text("Direction", "Forward") != "Forward");

        int Place(int source) => source >= 0 && !training && IsThrough(source) ? Place(sources[source][0]) : written.IndexOf(source);

        IEnumerable<LayerOption> From(int index, int place)
        {
            if (spec.Layers[index].IsOutput && (index < spec.Layers.Count - 1 || spec.Layers.Count(layer => layer.IsOutput) > 1))
                yield return new LayerOption("IsOutput", "true");
            var places = sources[index].Select(Place).ToList();
            if (places.Count != 1 || places[0] != place - 1)
                yield return new LayerOption("From", $"[{string.Join(", ", places.Select(source => source < 0 ? Part.NetworkInput : Names.Number(source)))}]");
        }
    }

    private static string Entry(string kind, IEnumerable<LayerOption> options)
    {
        string arguments = string.Join(", ", options.OrderBy(option => option.Name, StringComparer.Ordinal).Select(option => $"{option.Name} = {option.Value}"));
        return arguments.Length == 0 ? kind : $"{kind}({arguments})";
    }

    private static IEnumerable<LayerOption> Options(NetworkSpec spec)
    {
        yield return new LayerOption(spec.OneHot ? "OneHot" : "InputSize", spec.InputSize.ToString(CultureInfo.InvariantCulture));
        if (spec.ResetsMasked)
            yield return new LayerOption("MaskedState", "Reset");
    }

    private static IEnumerable<LayerOption> Equations(LayerSpec layer, IReadOnlyList<Part> graph) => layer.Cell is null
        ? []
        : [new LayerOption("Equations", EquationsFingerprint.Of(graph.First(part => part.Layer == layer && part.Role == PartRole.Recurrent).Cell!))];

    private static IEnumerable<LayerOption> Options(LayerSpec layer, LayerKind kind, bool training)
    {
        var omitted = training ? kind.InitialOptions : [.. kind.InitialOptions, .. kind.TrainingOptions];
        var given = layer.Options.Where(option => !omitted.Contains(option.Name) && !IsOfActivation(option.Name));
        return Options(layer, kind, given.Where(option => layer.Cell is null || OfOwnCells.Contains(option.Name)));
    }

    private static IEnumerable<LayerOption> Options(LayerSpec layer, LayerKind kind, IEnumerable<LayerOption> all)
    {
        foreach (var given in all)
        {
            var option = given with { Value = Normal(given.Value) };
            if (!kind.IsDefault(option))
                yield return option;
            if (ActivationKind.Find(option.Value) is not { } activation || !IsActivation(option.Name))
                continue;
            if (activation.Alpha is { } alpha)
                yield return Number(ActivationKind.AlphaOf(option.Name), layer, alpha);
            if (activation.Beta is { } beta)
                yield return Number(ActivationKind.BetaOf(option.Name), layer, beta);
        }
    }

    private static bool IsActivation(string option) => option.EndsWith(ActivationKind.Option, StringComparison.Ordinal);

    private static bool IsOfActivation(string option) => ActivationKind.OptionOf(option, "α") is not null || ActivationKind.OptionOf(option, "β") is not null;

    private static LayerOption Number(string option, LayerSpec layer, float byDefault) => new(option, Text(layer.Real(option) ?? byDefault));

    /// <summary>An option's value in the one way in which it can be written.</summary>
    private static string Normal(string value) =>
        !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            && float.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out float number)
            ? Text(number)
            : value;

    /// <summary>The shortest decimal number that is read as that float. The compiler may run on a .NET whose own choice is another.</summary>
    private static string Text(float value)
    {
        float number = value == 0 ? 0 : value; // and not -0
        string text = "";
        for (int digits = 1; digits <= FloatDigits; digits++)
        {
            text = number.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).Equals(number))
                break;
        }

        return text;
    }
}
