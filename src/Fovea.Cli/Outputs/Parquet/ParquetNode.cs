namespace Fovea.Cli.Outputs.Parquet;

/// <summary>Physical types of Parquet that we write, by Parquet's numbers.</summary>
internal enum ParquetType
{
    Int64 = 2,
    Float = 4,
    ByteArray = 6,
}

/// <summary>How often a node occurs in its parent, by Parquet's numbers.</summary>
internal enum ParquetRepetition
{
    Required = 0,
    Optional = 1,
    Repeated = 2,
}

/// <summary>What the bytes of a node mean: number in the old list of converted types, field in the newer union of logical types.</summary>
internal sealed record ParquetMeaning(int ConvertedType, int LogicalField)
{
    public static readonly ParquetMeaning Text = new(0, 1);
    public static readonly ParquetMeaning List = new(3, 3);
}

/// <summary>A node of the schema tree. Leaves have a type, the others children; the tree is written depth first.</summary>
internal sealed record ParquetNode(string Name, ParquetRepetition Repetition, ParquetType? Type = null, int Children = 0, ParquetMeaning? Meaning = null);

/// <summary>A leaf as the footer names it: the path from the root, and the type again.</summary>
internal sealed record ParquetColumn(ParquetType Type, params string[] Path);
