using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace Fovea.Cli.Outputs.Parquet;

/// <summary>What Parquet's own types cannot say: that every list has the same length.</summary>
/// <remarks>polars, pyarrow and other Arrow readers look for it in the file's metadata and then give a matrix instead of lists. Others ignore it.</remarks>
internal static class ArrowSchema
{
    /// <summary>The key in the file's metadata.</summary>
    public const string Key = "ARROW:schema";

    /// <summary>The Arrow schema of a file of embeddings, as an IPC message in base64.</summary>
    public static string Encode(int width, bool hasLabels)
    {
        Field[] label = hasLabels ? [new Field("label", Int64Type.Default, nullable: true)] : [];
        FixedSizeListType embedding = new(new Field("element", FloatType.Default, nullable: false), width);
        Schema schema = new([new Field("sample", StringType.Default, nullable: false), .. label, new Field("embedding", embedding, nullable: false)], metadata: null);

        using MemoryStream message = new();
        using ArrowStreamWriter writer = new(message, schema, leaveOpen: true);
        writer.WriteStart();                                 // the schema message, and no record after it
        return Convert.ToBase64String(message.ToArray());
    }
}
