using RnnGen.Formats;

namespace RnnGen.Cli.Importing;

/// <summary>The lines of C# that use an imported class.</summary>
internal static class Usage
{
    /// <summary>The lines.</summary>
    /// <param name="model">The network.</param>
    /// <param name="options">How its class is called.</param>
    /// <param name="hasSteps">Whether it has steps.</param>
    public static IReadOnlyList<string> Lines(ModelDescription model, ClassOptions options, bool hasSteps)
    {
        string name = options.Name, type = options.Namespace.Length > 0 ? $"{options.Namespace}.{name}" : name;
        string load = $"using var network = {type}.Load(\"{name}.safetensors\");";
        if (hasSteps && !model.IsPerSequence)
            return [load, $"var output = new float[{type}.OutputSize];", model.IsOneHot ? "network.Step(symbol, output);  // an int per time step; the state is kept" : $"network.Step(frame, output);  // {model.InputSize} float{(model.InputSize == 1 ? "" : "s")} per time step; the state is kept"];
        string outputs = model.IsPerSequence ? $"{type}.OutputSize" : $"steps * {type}.OutputSize";
        return [load, $"var outputs = new float[{outputs}];", model.IsOneHot ? "network.Predict(symbols, outputs);  // [steps], an int each" : $"network.Predict(frames, outputs);  // [steps × {model.InputSize}] floats"];
    }
}
