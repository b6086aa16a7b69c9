namespace RnnGen.Formats.Onnx;

/// <summary>Says what layers read: whole vectors side by side; where they read parts, a layer is added that selects them.</summary>
internal sealed class SourceWriter(GraphRun run, ModelBuilder builder, Dictionary<Vector, string> names)
{
    /// <summary>Adds a layer.</summary>
    /// <returns>Its name.</returns>
    public string Add(LayerAttribute layer, string comment, params IReadOnlyList<(string Parameter, float[] Values)> parameters)
    {
        if (layer.From is { Length: > 1 } sources && sources.Select(IsPerSequence).Distinct().Count() > 1)
            throw new UnsupportedLayerException(comment, LayerNames.Kind(layer), "it combines values of each step with values of a sequence");
        return builder.Add(layer, comment, parameters).Name;
    }

    /// <summary>What <see cref="LayerAttribute.From"/> says: null for the layer before.</summary>
    public string[]? From(string[] sources) => sources is [var only] && only == (builder.Layers.Count == 0 ? ModelBuilder.Input : builder.Layers[^1].Name) ? null : sources;

    /// <summary>One layer that gives some values.</summary>
    public string One(Cell[] cells, OnnxNode? reader) => Of(cells, reader) is [var only] ? only : Add(new ConcatAttribute { From = Of(cells, reader) }, $"what {run.Model.Format} {reader?.Kind} {Text.Quote(reader?.DisplayName ?? "")} reads");

    /// <summary>The layers that give some values side by side.</summary>
    public string[] Of(Cell[] cells, OnnxNode? reader)
    {
        List<string> sources = [];
        for (int start = 0; start < cells.Length;)
        {
            Vector? source = cells[start].Source?.Current;
            if (source is null || source.Size > cells.Length - start || !Vector.IsWhole(cells[start..(start + source.Size)], out _))
                return [Selection(cells, reader)];
            sources.Add(names[source]);
            start += source.Size;
        }

        // A name may stand once only.
        return sources.Distinct().Count() == sources.Count && sources.Count > 0 ? [.. sources] : [Selection(cells, reader)];
    }

    private bool IsPerSequence(string name) => builder.Layers.FirstOrDefault(layer => layer.Name == name) is { IsPerSequence: true };

    /// <summary>A product with ones and zeros, which is exact.</summary>
    private string Selection(Cell[] cells, OnnxNode? reader)
    {
        Vector[] sources = [.. cells.Select(cell => cell.Source?.Current).OfType<Vector>().Distinct()];
        if (sources.Length == 0 || !Array.TrueForAll(cells, cell => cell.Source is not null || cell.IsConstant))
            throw new UnsupportedLayerException(reader?.DisplayName ?? "output", reader?.Kind ?? "output", "it reads constants or sizes only, expected features");
        Dictionary<Vector, int> starts = [];
        int width = 0;
        foreach (Vector source in sources)
        {
            starts.Add(source, width);
            width += source.Size;
        }

        run.Spend((long)width * cells.Length);
        float[] weight = new float[checked(width * cells.Length)], bias = new float[cells.Length];
        for (int row = 0; row < cells.Length; row++)
        {
            if (cells[row].Source?.Current is { } source)
                weight[(row * width) + starts[source] + cells[row].Index] = 1;
            else
                bias[row] = (float)cells[row].Value;
        }

        bool hasBias = Array.Exists(bias, value => value != 0);
        return Add(
            new DenseAttribute(cells.Length) { From = From([.. sources.Select(source => names[source])]), Bias = hasBias },
            reader is null ? "values of the file's outputs" : $"values that {run.Model.Format} {reader.Kind} {Text.Quote(reader.DisplayName)} reads",
            hasBias ? [("weight", weight), ("bias", bias)] : [("weight", weight)]);
    }
}
