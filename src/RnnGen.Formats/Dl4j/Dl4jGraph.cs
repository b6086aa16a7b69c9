using System.Text.Json;

namespace RnnGen.Formats.Dl4j;

/// <summary>A vertex of a network's graph, or a layer of a chain.</summary>
/// <param name="Name">Its name in the configuration.</param>
/// <param name="Content">The vertex or layer.</param>
/// <param name="Inputs">The vertices that it reads, by their names.</param>
/// <param name="PreProcessor">What is done to what it reads; null for nothing.</param>
internal sealed record Dl4jVertex(string Name, Dl4jObject Content, IReadOnlyList<string> Inputs, Dl4jObject? PreProcessor);

/// <summary>The configuration as a graph, its vertices in the order in which their parameters lie.</summary>
/// <param name="Input">The name of the network's input.</param>
/// <param name="Vertices">The vertices.</param>
/// <param name="Outputs">The names of those that are outputs.</param>
internal sealed record Dl4jGraph(string Input, IReadOnlyList<Dl4jVertex> Vertices, IReadOnlyList<string> Outputs)
{
    // Kahn's algorithm, as ComputationGraph has it, takes what a vertex goes to out of a Java HashSet: in the order of their numbers as long as they are below its 16 places.
    private const int SortedNumbers = 16;

    /// <summary>The graph of a configuration: of a <c>MultiLayerNetwork</c> (<c>confs</c>) or a <c>ComputationGraph</c> (<c>vertices</c>).</summary>
    /// <exception cref="FormatException">It is neither, or damaged.</exception>
    /// <exception cref="UnsupportedLayerException">It has several inputs.</exception>
    public static Dl4jGraph Of(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new FormatException($"configuration.json: expected an object, got {root.ValueKind}");
        if (root.TryGetProperty("confs", out JsonElement layers) && layers.ValueKind == JsonValueKind.Array)
            return Chain(root, layers);
        return root.TryGetProperty("vertices", out JsonElement vertices) && vertices.ValueKind == JsonValueKind.Object
            ? Graph(root, vertices)
            : throw new FormatException("configuration.json: expected \"confs\" (a MultiLayerNetwork) or \"vertices\" (a ComputationGraph), got neither");
    }

    private static Dl4jGraph Chain(JsonElement root, JsonElement layers)
    {
        List<Dl4jVertex> vertices = [];
        JsonElement processors = root.TryGetProperty("inputPreProcessors", out JsonElement found) && found.ValueKind == JsonValueKind.Object ? found : default;
        foreach (JsonElement configuration in layers.EnumerateArray())
        {
            string number = $"{vertices.Count}";
            Dl4jObject layer = Layer(configuration, $"layer {number}");
            Dl4jObject? processor = processors.ValueKind == JsonValueKind.Object && processors.TryGetProperty(number, out JsonElement own) && own.ValueKind != JsonValueKind.Null
                ? Dl4jObject.Of(own, $"preprocessor of layer {number}")
                : null;
            vertices.Add(new Dl4jVertex(number, layer, [vertices.Count == 0 ? "input" : vertices[^1].Name], processor));
        }

        return vertices.Count > 0 ? new("input", vertices, [vertices[^1].Name]) : throw new FormatException("configuration.json: expected at least one layer, got none");
    }

    private static Dl4jGraph Graph(JsonElement root, JsonElement vertices)
    {
        string[] inputs = Names(root, "networkInputs");
        if (inputs.Length != 1)
            throw new UnsupportedLayerException(string.Join(", ", inputs), "ComputationGraph", $"it has {inputs.Length} inputs; a network of RnnGen's has one");
        if (!root.TryGetProperty("vertexInputs", out JsonElement sources) || sources.ValueKind != JsonValueKind.Object)
            throw new FormatException("configuration.json: expected an object \"vertexInputs\", got none");
        List<Dl4jVertex> all = [];
        foreach (JsonProperty vertex in vertices.EnumerateObject())
        {
            if (all.Any(other => other.Name == vertex.Name) || vertex.Name == inputs[0] || all.Count == 1000)
                throw new FormatException($"configuration.json: expected each of at most 1000 vertices once, got another {Text.Quote(vertex.Name)}");
            Dl4jObject content = Dl4jObject.Of(vertex.Value, vertex.Name);
            Dl4jObject? processor = null;
            if (content.Kind == "LayerVertex")
            {
                processor = content.Find("preProcessor") is { } own ? Dl4jObject.Of(own, $"preprocessor of {vertex.Name}") : null;
                Dl4jObject layer = content.Find("layerConf") is { } configuration ? Layer(configuration, vertex.Name) : throw new FormatException($"vertex {Text.Quote(vertex.Name)}: expected a layer, got none");
                content.CheckRest();
                content = layer;
            }

            all.Add(new Dl4jVertex(vertex.Name, content, Names(sources, vertex.Name), processor));
        }

        return new(inputs[0], Sorted(root, inputs[0], all), Names(root, "networkOutputs"));
    }

    private static Dl4jObject Layer(JsonElement configuration, string name) => configuration.ValueKind == JsonValueKind.Object && configuration.TryGetProperty("layer", out JsonElement layer)
        ? Dl4jObject.Of(layer, name)
        : throw new FormatException($"{Text.Quote(name)}: expected a layer, got none");

    /// <summary>The order that the file says; or the one that Deeplearning4j computes, as far as that depends on nothing but the graph.</summary>
    private static List<Dl4jVertex> Sorted(JsonElement root, string input, List<Dl4jVertex> vertices)
    {
        if (root.TryGetProperty("topologicalOrderStr", out JsonElement order) && order.ValueKind == JsonValueKind.Array)
        {
            List<Dl4jVertex> said = [.. Names(root, "topologicalOrderStr").Where(name => name != input).Select(name => vertices.Find(vertex => vertex.Name == name)).OfType<Dl4jVertex>()];
            return said.Count == vertices.Count && said.Distinct().Count() == said.Count
                ? said
                : throw new FormatException("configuration.json: expected each vertex once in \"topologicalOrderStr\", got others");
        }

        List<Dl4jVertex> sorted = [];
        Queue<string> ready = new([input]);
        Dictionary<string, HashSet<string>> waiting = vertices.ToDictionary(vertex => vertex.Name, vertex => vertex.Inputs.ToHashSet());
        while (ready.TryDequeue(out string? done))
        {
            Dl4jVertex[] next = [.. vertices.Where(vertex => waiting[vertex.Name].Remove(done) && waiting[vertex.Name].Count == 0)];
            if (next.Length > 1 && vertices.Count >= SortedNumbers)
                throw new UnsupportedLayerException(done, "ComputationGraph", $"the order of its branches is unknown, because the file has no \"topologicalOrderStr\" and {vertices.Count} vertices; later versions write it");
            sorted.AddRange(next);
            foreach (Dl4jVertex vertex in next)
                ready.Enqueue(vertex.Name);
        }

        return sorted.Count == vertices.Count ? sorted : throw new FormatException("configuration.json: expected a graph without cycles whose vertices read others of it, got another");
    }

    private static string[] Names(JsonElement parent, string name) => parent.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array
        ? [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw new FormatException($"configuration.json: expected names in {Text.Quote(name)}, got {item.ValueKind}"))]
        : throw new FormatException($"configuration.json: expected a list {Text.Quote(name)}, got none");
}
