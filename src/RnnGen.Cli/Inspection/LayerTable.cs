using System.Globalization;
using RnnGen.Cli.CommandLine;
using RnnGen.Formats;
using RnnGen.Runtime;
using Spectre.Console;

namespace RnnGen.Cli.Inspection;

/// <summary>The layers of a model as a table.</summary>
internal static class LayerTable
{
    /// <summary>The table.</summary>
    /// <param name="model">The network.</param>
    /// <param name="layout">The same network compiled, which knows its multiply-adds; null to leave them out.</param>
    public static Table Of(ModelDescription model, NetworkLayout? layout = null)
    {
        bool isGraph = Enumerable.Range(0, model.Layers.Count).Any(layer => ModelText.Reads(model, layer).Length > 0);
        bool hasComments = model.Layers.Any(layer => layer.Comment is not null);
        Table table = new Table().Border(TableBorder.Simple).AddColumns("layer", "attribute", "values").AddColumn(new TableColumn("parameters").RightAligned());
        table.Columns[2].RightAligned();
        if (layout is not null)
            table.AddColumn(new TableColumn("multiply-adds").RightAligned());
        if (isGraph)
            table.AddColumn("reads");
        if (hasComments)
            table.AddColumn("from");
        for (int at = 0; at < model.Layers.Count; at++)
        {
            ModelLayer layer = model.Layers[at];
            List<string> cells = [layer.Name, AttributeText.Of(layer.Attribute), $"{Number(layer.InputSize)} → {Number(layer.OutputSize)}", Number(layer.Tensors.Sum(tensor => (long)tensor.Values.Length))];
            if (layout is not null)
                cells.Add(Number(MultiplyAdds(layout, layer)));
            if (isGraph)
                cells.Add(ModelText.Reads(model, at));
            if (hasComments)
                cells.Add(layer.Comment ?? "");
            table.AddRow([.. cells.Select(cell => Markup.Escape(ToolConsole.Printable(cell)))]);
        }

        return table;
    }

    /// <summary>Multiply-adds of a layer's products in a step, as the generator counts them.</summary>
    public static long MultiplyAdds(NetworkLayout layout, ModelLayer layer) => layout.Layers.Where(other => other.Name == layer.Name).Sum(other => other.MultiplyAdds);

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
